# What is installed, where, and what cpack makes of it: on Linux the packages schancfg and libschancfg-dev, for Windows a zip
# with schancfg.exe in it.

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

# The library, for other CMake projects: find_package(schancfg CONFIG), schancfg::schancfg. The one dependency it brings along is
# pugixml, which it is linked with, unless that was a header alone.
set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/schancfg")
get_property(SCHANCFG_FIND_DEPENDENCIES GLOBAL PROPERTY SCHANCFG_PACKAGE_DEPENDENCIES)
install(TARGETS schancfg EXPORT schancfgTargets COMPONENT dev
    ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}"
    LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}"
    RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}"
    FILE_SET HEADERS DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
install(EXPORT schancfgTargets NAMESPACE schancfg:: DESTINATION "${package_dir}" COMPONENT dev)
configure_package_config_file("${CMAKE_CURRENT_LIST_DIR}/schancfgConfig.cmake.in"
    "${PROJECT_BINARY_DIR}/schancfgConfig.cmake" INSTALL_DESTINATION "${package_dir}" NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/schancfgConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/schancfgConfig.cmake" "${PROJECT_BINARY_DIR}/schancfgConfigVersion.cmake"
    DESTINATION "${package_dir}" COMPONENT dev)

if(NOT TARGET schancfg_cli)
    return()
endif()

set(contact "The schancfg authors <schancfg@users.noreply.github.com>")

# The program. On Windows everything lies in one folder, on Linux where Linux has it.
if(WIN32)
    set(program_dir .)
    set(data_dir .)
    set(doc_dir .)
else()
    set(program_dir "${CMAKE_INSTALL_BINDIR}")
    set(data_dir "${CMAKE_INSTALL_DATADIR}/schancfg")
    set(doc_dir "${CMAKE_INSTALL_DOCDIR}")
endif()
install(TARGETS schancfg_cli RUNTIME DESTINATION "${program_dir}" COMPONENT program)
# DSC looks for manifests in the folders of PATH.
configure_file("${PROJECT_SOURCE_DIR}/cli/schancfg.dsc.resource.json.in" "${PROJECT_BINARY_DIR}/schancfg.dsc.resource.json" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/schancfg.dsc.resource.json" DESTINATION "${program_dir}" COMPONENT program)
file(GLOB profiles CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/profiles/*.toml")
install(FILES ${profiles} DESTINATION "${data_dir}/profiles" COMPONENT program)
file(GLOB_RECURSE schemas CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/lib/docs/schemas/*.schema.json")
install(FILES ${schemas} DESTINATION "${data_dir}/schemas" COMPONENT program)
if(SCHANCFG_PAGE)
    install(FILES "${SCHANCFG_PAGE}" DESTINATION "${data_dir}" COMPONENT program RENAME schancfg.html)
endif()
install(FILES "${PROJECT_SOURCE_DIR}/README.md" DESTINATION "${doc_dir}" COMPONENT program)

if(WIN32)
    install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION . COMPONENT program RENAME LICENSE.txt)
    install(FILES "${PROJECT_SOURCE_DIR}/CHANGELOG.md" DESTINATION . COMPONENT program)
else()
    # Debian's name for it.
    install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${doc_dir}" COMPONENT program RENAME copyright)
    install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/libschancfg-dev" COMPONENT dev RENAME copyright)

    # compressed(SOURCE NAME DESTINATION COMPONENT): Debian wants manual pages and changelogs so; -n keeps builds the same.
    find_program(SCHANCFG_GZIP gzip REQUIRED)
    mark_as_advanced(SCHANCFG_GZIP)
    function(schancfg_install_compressed source name destination component)
        set(output "${PROJECT_BINARY_DIR}/compressed/${component}-${name}.gz")
        add_custom_command(OUTPUT "${output}" DEPENDS "${source}" VERBATIM
            COMMAND "${CMAKE_COMMAND}" -E make_directory "${PROJECT_BINARY_DIR}/compressed"
            COMMAND sh -c "exec \"$1\" -9nc \"$2\" >\"$3\"" - "${SCHANCFG_GZIP}" "${source}" "${output}")
        add_custom_target("schancfg_compressed_${component}_${name}" ALL DEPENDS "${output}")
        install(FILES "${output}" DESTINATION "${destination}" COMPONENT ${component} RENAME "${name}.gz")
    endfunction()
    string(TIMESTAMP today "%a, %d %b %Y %H:%M:%S +0000" UTC)
    foreach(component_and_name IN ITEMS "program schancfg" "dev libschancfg-dev")
        separate_arguments(pair UNIX_COMMAND "${component_and_name}")
        list(GET pair 0 component)
        list(GET pair 1 name)
        file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/changelog.Debian.${component}" @ONLY CONTENT
"${name} (${PROJECT_VERSION}-1) unstable; urgency=medium

  * Packaged from source; the changes are in changelog.gz of schancfg.

 -- ${contact}  ${today}
")
        set(folder "${CMAKE_INSTALL_DATADIR}/doc/${name}")
        schancfg_install_compressed("${PROJECT_BINARY_DIR}/changelog.Debian.${component}" changelog.Debian "${folder}" ${component})
        schancfg_install_compressed("${PROJECT_SOURCE_DIR}/CHANGELOG.md" changelog "${folder}" ${component})
    endforeach()
    schancfg_install_compressed("${PROJECT_SOURCE_DIR}/cli/schancfg.1" schancfg.1 "${CMAKE_INSTALL_MANDIR}/man1" program)

    # The program knows its own completions. A cross-built one runs through CMAKE_CROSSCOMPILING_EMULATOR.
    set(completions "")
    foreach(shell IN ITEMS bash zsh fish)
        set(output "${PROJECT_BINARY_DIR}/completions/schancfg.${shell}")
        add_custom_command(OUTPUT "${output}" DEPENDS schancfg_cli VERBATIM
            COMMAND "${CMAKE_COMMAND}" -E make_directory "${PROJECT_BINARY_DIR}/completions"
            COMMAND schancfg_cli completion ${shell} -o "${output}")
        list(APPEND completions "${output}")
    endforeach()
    add_custom_target(schancfg_completions ALL DEPENDS ${completions})
    install(FILES "${PROJECT_BINARY_DIR}/completions/schancfg.bash" COMPONENT program
        DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions" RENAME schancfg)
    install(FILES "${PROJECT_BINARY_DIR}/completions/schancfg.zsh" COMPONENT program
        DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions" RENAME _schancfg)
    install(FILES "${PROJECT_BINARY_DIR}/completions/schancfg.fish" COMPONENT program
        DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d" RENAME schancfg.fish)
endif()

set(CPACK_PACKAGE_NAME schancfg)
set(CPACK_PACKAGE_VENDOR "The schancfg authors")
set(CPACK_PACKAGE_CONTACT "${contact}")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "TLS settings of Windows (Schannel) as a profile")
set(CPACK_RESOURCE_FILE_LICENSE "${PROJECT_SOURCE_DIR}/LICENSE")
set(CPACK_STRIP_FILES ON)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_COMPONENTS_GROUPING IGNORE)
if(WIN32)
    set(CPACK_GENERATOR ZIP)
    set(CPACK_COMPONENTS_ALL program)
    set(CPACK_ARCHIVE_COMPONENT_INSTALL ON)
    set(CPACK_COMPONENT_INCLUDE_TOPLEVEL_DIRECTORY ON)
    set(CPACK_ARCHIVE_PROGRAM_FILE_NAME "schancfg-${PROJECT_VERSION}-win64")
    set(CPACK_PACKAGE_FILE_NAME "schancfg-${PROJECT_VERSION}-win64")
else()
    set(CPACK_GENERATOR DEB)
    set(CPACK_COMPONENTS_ALL program dev)
    set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
    set(CPACK_DEB_COMPONENT_INSTALL ON)
    set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
    set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
    set(CPACK_DEBIAN_PACKAGE_SECTION admin)
    set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME schancfg)
    set(CPACK_DEBIAN_PROGRAM_DESCRIPTION "schancfg reads a profile that says what the TLS settings of a Windows machine
should be, shows what it would change, applies it, undoes it, and exports
it for regedit. On Linux it works on registry exports and on a registry in
memory.")
    set(CPACK_DEBIAN_DEV_PACKAGE_NAME libschancfg-dev)
    set(CPACK_DEBIAN_DEV_PACKAGE_SECTION libdevel)
    set(CPACK_DEBIAN_DEV_PACKAGE_DEPENDS "libstdc++-12-dev, libpugixml-dev")
    set(CPACK_DEBIAN_DEV_DESCRIPTION "This is the library behind schancfg, for C++23: the model of the settings,
profiles, registry exports, plans, and an in-memory registry to test against.")
    if(SCHANCFG_STATIC)
        # It depends on nothing, which lintian wants to hear is meant.
        file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/lintian-overrides" CONTENT
            "# One static program starts in a third of the time and runs on any distribution.\nschancfg: statically-linked-binary\nschancfg: shared-library-lacks-prerequisites\n")
        install(FILES "${PROJECT_BINARY_DIR}/lintian-overrides" COMPONENT program
            DESTINATION "${CMAKE_INSTALL_DATADIR}/lintian/overrides" RENAME schancfg)
    else()
        set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)
    endif()
endif()
include(CPack)
