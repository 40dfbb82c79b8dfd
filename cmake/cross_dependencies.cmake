# Answers find_package() of a cross build from what Debian 12 has (see CMAKE_PROJECT_TOP_LEVEL_INCLUDES in the mingw preset).
#
# Header-only packages are the build machine's own, through a folder of links: /usr/include itself on the include path
# would give the cross compiler Linux' C headers. Boost.Program_options is compiled code, and pugixml becomes a header only with
# its source beside it; Debian's source packages boost1.74 and pugixml, fetched once, have both.

set(SCHANCFG_DEPENDENCIES "${CMAKE_BINARY_DIR}/dependencies" CACHE PATH "Where cross builds keep what they depend on")

foreach(name IN ITEMS boost toml++ nlohmann spdlog fmt catch2)
    if(NOT EXISTS "/usr/include/${name}")
        message(FATAL_ERROR "/usr/include/${name} is missing. The cross build takes its headers from Debian's packages: "
            "libboost-program-options-dev libtomlplusplus-dev nlohmann-json3-dev libspdlog-dev catch2")
    endif()
    file(MAKE_DIRECTORY "${SCHANCFG_DEPENDENCIES}/include")
    file(CREATE_LINK "/usr/include/${name}" "${SCHANCFG_DEPENDENCIES}/include/${name}" SYMBOLIC)
endforeach()
list(APPEND CMAKE_FIND_ROOT_PATH "${SCHANCFG_DEPENDENCIES}")

function(schancfg_header_only target)
    if(NOT TARGET ${target})
        add_library(${target} INTERFACE IMPORTED GLOBAL)
        target_include_directories(${target} INTERFACE "${SCHANCFG_DEPENDENCIES}/include")
    endif()
endfunction()

# schancfg_fetch(PACKAGE PATH FOLDER FILE): the folder PATH of Debian's source package, in which FILE is, becomes FOLDER.
function(schancfg_fetch package path folder file)
    if(NOT EXISTS "${folder}/${file}")
        execute_process(COMMAND sh "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/fetch_source.sh" "${package}" "${path}" "${folder}" RESULT_VARIABLE failed)
        if(failed)
            message(FATAL_ERROR "The source of ${package} is not there, and fetching it failed (see above). "
                "It needs the network once; ${folder} keeps it.")
        endif()
    endif()
endfunction()

function(schancfg_pugixml)
    set(folder "${SCHANCFG_DEPENDENCIES}/pugixml")
    schancfg_fetch(pugixml src "${folder}" pugixml.cpp)
    add_library(pugixml::pugixml INTERFACE IMPORTED GLOBAL)
    target_include_directories(pugixml::pugixml INTERFACE "${folder}")
    target_compile_definitions(pugixml::pugixml INTERFACE PUGIXML_HEADER_ONLY)
endfunction()

function(schancfg_boost_program_options)
    set(folder "${SCHANCFG_DEPENDENCIES}/program_options")
    schancfg_fetch(boost1.74 libs/program_options/src "${folder}" cmdline.cpp)
    file(GLOB sources "${folder}/*.cpp")
    add_library(boost_program_options STATIC EXCLUDE_FROM_ALL ${sources})
    target_include_directories(boost_program_options SYSTEM PUBLIC "${SCHANCFG_DEPENDENCIES}/include")
    target_compile_definitions(boost_program_options PUBLIC BOOST_PROGRAM_OPTIONS_STATIC_LINK BOOST_ALL_NO_LIB BOOST_BIND_GLOBAL_PLACEHOLDERS)
    target_compile_options(boost_program_options PRIVATE -w)
    add_library(Boost::program_options ALIAS boost_program_options)
endfunction()

macro(schancfg_provide method package)
    if("${package}" STREQUAL "Boost")
        if(NOT TARGET Boost::program_options)
            schancfg_boost_program_options()
        endif()
        set(Boost_FOUND TRUE)
    elseif("${package}" STREQUAL "pugixml")
        if(NOT TARGET pugixml::pugixml)
            schancfg_pugixml()
        endif()
        set(pugixml_FOUND TRUE)
    elseif("${package}" STREQUAL "nlohmann_json")
        schancfg_header_only(nlohmann_json::nlohmann_json)
        set(nlohmann_json_FOUND TRUE)
    elseif("${package}" STREQUAL "Catch2")
        schancfg_header_only(Catch2::Catch2)
        set(Catch2_FOUND TRUE)
    elseif("${package}" STREQUAL "spdlog")
        schancfg_header_only(spdlog::spdlog_header_only)
        set(spdlog_FOUND TRUE)
    elseif("${package}" STREQUAL "fmt")
        schancfg_header_only(fmt::fmt-header-only)
        set_property(TARGET fmt::fmt-header-only PROPERTY INTERFACE_COMPILE_DEFINITIONS FMT_HEADER_ONLY=1)
        set(fmt_FOUND TRUE)
    endif()
endmacro()

cmake_language(SET_DEPENDENCY_PROVIDER schancfg_provide SUPPORTED_METHODS FIND_PACKAGE)
