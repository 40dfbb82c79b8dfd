# Makes the Debian packages and looks into them; the packed program is run.
include("${CMAKE_CURRENT_LIST_DIR}/step.cmake")
file(REMOVE_RECURSE "${WORK}")
step("cpack" "${CMAKE_CPACK_COMMAND}" --config "${BUILD}/CPackConfig.cmake" -B "${WORK}")

step("dpkg" dpkg --print-architecture)
string(STRIP "${output}" architecture)
set(program "${WORK}/schancfg_${VERSION}-1_${architecture}.deb")
set(library "${WORK}/libschancfg-dev_${VERSION}-1_${architecture}.deb")

# holds(PACKAGE PATH...): these and no headers or programs where they don't belong.
function(holds package)
    step("dpkg-deb -c" dpkg-deb -c "${package}")
    foreach(path IN LISTS ARGN)
        string(FIND "${output}" " ./${path}\n" place)
        if(place EQUAL -1)
            message(SEND_ERROR "${package} lacks ${path}; it holds\n${output}")
        endif()
    endforeach()
    set(contents "${output}" PARENT_SCOPE)
endfunction()

holds("${program}" usr/bin/schancfg usr/share/schancfg/profiles/weak-dh-peer.toml usr/share/schancfg/schemas/memory.schema.json
    usr/share/doc/schancfg/copyright usr/share/bash-completion/completions/schancfg usr/share/zsh/vendor-completions/_schancfg
    usr/share/fish/vendor_completions.d/schancfg.fish)
if(PAGE)
    holds("${program}" usr/share/schancfg/schancfg.html)
endif()
if(contents MATCHES "/include/|\\.a\n")
    message(SEND_ERROR "the program's package holds the library:\n${contents}")
endif()
holds("${library}" usr/include/schancfg/backend/memory.hpp usr/include/schancfg/result.hpp usr/share/doc/libschancfg-dev/copyright)
if(NOT contents MATCHES "/libschancfg\\.a\n" OR NOT contents MATCHES "/cmake/schancfg/schancfgConfig\\.cmake\n" OR contents MATCHES "/bin/")
    message(SEND_ERROR "the library's package is not right:\n${contents}")
endif()

step("dpkg-deb -f" dpkg-deb -f "${program}" Package Version Depends)
if(NOT output MATCHES "Package: schancfg\nVersion: ${VERSION}-1\n")
    message(SEND_ERROR "not the control fields expected:\n${output}")
endif()
if(output MATCHES "Depends")
    message(SEND_ERROR "a static program depends on nothing, but:\n${output}")
endif()

step("dpkg-deb -x" dpkg-deb -x "${program}" "${WORK}/root")
step("the packed program" "${WORK}/root/usr/bin/schancfg" version)
if(NOT output MATCHES "${VERSION}")
    message(SEND_ERROR "schancfg version said ${output}")
endif()

# Hardened: it moves in memory as a whole, its data is not run, its tables are read-only once they are filled.
step("readelf" readelf -hlWd "${WORK}/root/usr/bin/schancfg")
foreach(mark IN ITEMS "Type: +DYN" "GNU_RELRO" "GNU_STACK [x0-9a-f ]+ RW " "Flags: NOW PIE")
    if(NOT output MATCHES "${mark}")
        message(SEND_ERROR "schancfg is not hardened, it lacks ${mark}:\n${output}")
    endif()
endforeach()
# What commands run lies side by side (cli/link_order.ld).
if(NOT output MATCHES " \\.text\\.first ")
    message(SEND_ERROR "the program was not linked in the order of cli/link_order.ld:\n${output}")
endif()
# The stack protector and _FORTIFY_SOURCE leave calls behind.
step("nm" nm -u "${BUILD}/lib/libschancfg.a")
foreach(call IN ITEMS __stack_chk_fail __snprintf_chk)
    if(NOT output MATCHES "${call}")
        message(SEND_ERROR "libschancfg.a is not hardened, it never calls ${call}")
    endif()
endforeach()

find_program(lintian lintian)
if(lintian)
    step("lintian" "${lintian}" --allow-root --fail-on error "${program}" "${library}")
endif()
