# Configures, builds and tests a stranger's project: the program of lib/README.md, with nothing but an installation of this build, or,
# with SUBDIRECTORY, with the source as a part of it, as a shared library.
include("${CMAKE_CURRENT_LIST_DIR}/step.cmake")
file(REMOVE_RECURSE "${WORK}")

file(READ "${ROOT}/lib/README.md" page)
# Of CMake's own: they part and join lists.
string(REPLACE ";" "<semicolon>" page "${page}")
string(REPLACE "[" "<open>" page "${page}")
string(REPLACE "]" "<close>" page "${page}")
if(NOT page MATCHES "```cpp\n(// harden[^`]*)```")
    message(FATAL_ERROR "lib/README.md has no program 'harden'")
endif()
set(program "${CMAKE_MATCH_1}")
string(REPLACE "<semicolon>" ";" program "${program}")
string(REPLACE "<open>" "[" program "${program}")
string(REPLACE "<close>" "]" program "${program}")
file(WRITE "${WORK}/source/harden.cpp" "${program}")
file(COPY "${SOURCE}/CMakeLists.txt" DESTINATION "${WORK}/source")

if(SUBDIRECTORY)
    set(arguments "-DSCHANCFG_SOURCE=${ROOT}")
    # The library precompiles nothing in a project around it; that its headers are precompiled by hand here makes no difference but for the time.
    file(WRITE "${WORK}/headers.hpp" "#include <algorithm>\n#include <array>\n#include <expected>\n#include <functional>\n#include <map>\n#include <memory>\n"
        "#include <optional>\n#include <span>\n#include <string>\n#include <variant>\n#include <vector>\n")
    step("precompiling" "${COMPILER}" ${FLAGS} -fPIC -std=c++23 -x c++-header "${WORK}/headers.hpp" -o "${WORK}/headers.hpp.gch")
    string(APPEND FLAGS " -include ${WORK}/headers.hpp")
else()
    step("cmake --install" "${CMAKE_COMMAND}" --install "${BUILD}" --prefix "${WORK}/prefix")
    set(arguments "-DCMAKE_PREFIX_PATH=${WORK}/prefix")
endif()
list(APPEND arguments "-DCMAKE_BUILD_TYPE=${BUILD_TYPE}" "-DCMAKE_CXX_FLAGS=${FLAGS}"
    "-DCMAKE_EXE_LINKER_FLAGS=${LINKER_FLAGS}")
if(TOOLCHAIN)
    list(APPEND arguments "-DCMAKE_TOOLCHAIN_FILE=${TOOLCHAIN}" "-DCMAKE_FIND_ROOT_PATH=${WORK}/prefix")
else()
    list(APPEND arguments "-DCMAKE_CXX_COMPILER=${COMPILER}")
endif()
step("configuring" "${CMAKE_COMMAND}" -S "${WORK}/source" -B "${WORK}/build" -G "${GENERATOR}" ${arguments})
step("building" "${CMAKE_COMMAND}" --build "${WORK}/build")
# Wine keeps one registry for this whole build tree.
set(ENV{WINEPREFIX} "${BUILD}/wine")
step("its tests" "${CMAKE_CTEST_COMMAND}" --test-dir "${WORK}/build" --verbose --no-tests=error)
if(NOT output MATCHES "add HKLM.*TLS 1.0.Server Enabled.*Applied and undone\\.")
    message(FATAL_ERROR "the stranger's program did not come to its end:\n${output}")
endif()
