# Installs the build, then configures, builds and tests a stranger's project with nothing but that installation.
include("${CMAKE_CURRENT_LIST_DIR}/step.cmake")
file(REMOVE_RECURSE "${WORK}")

step("cmake --install" "${CMAKE_COMMAND}" --install "${BUILD}" --prefix "${WORK}/prefix")
set(arguments "-DCMAKE_PREFIX_PATH=${WORK}/prefix" "-DCMAKE_BUILD_TYPE=${BUILD_TYPE}" "-DCMAKE_CXX_FLAGS=${FLAGS}"
    "-DCMAKE_EXE_LINKER_FLAGS=${LINKER_FLAGS}")
if(TOOLCHAIN)
    list(APPEND arguments "-DCMAKE_TOOLCHAIN_FILE=${TOOLCHAIN}" "-DCMAKE_FIND_ROOT_PATH=${WORK}/prefix")
else()
    list(APPEND arguments "-DCMAKE_CXX_COMPILER=${COMPILER}")
endif()
step("configuring" "${CMAKE_COMMAND}" -S "${SOURCE}" -B "${WORK}/build" -G "${GENERATOR}" ${arguments})
step("building" "${CMAKE_COMMAND}" --build "${WORK}/build")
# Wine keeps one registry for this whole build tree.
set(ENV{WINEPREFIX} "${BUILD}/wine")
step("its tests" "${CMAKE_CTEST_COMMAND}" --test-dir "${WORK}/build" --verbose --no-tests=error)
if(NOT output MATCHES "lockdown: all checks hold")
    message(FATAL_ERROR "the stranger's test did not come to its end:\n${output}")
endif()
