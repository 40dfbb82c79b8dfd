# A file of more than 400 lines is two nouns. Tables of facts are one noun however long they are.
cmake_minimum_required(VERSION 3.25)

set(tables
    lib/src/facts/cipher_suites.cpp
    lib/src/facts/codes.cpp
    lib/src/facts/iana_suites.cpp
    lib/src/facts/protocol_defaults.cpp
    lib/src/facts/registry_values.cpp
    lib/src/facts/suite_lists.cpp
    lib/src/handshake/symptoms_texts.cpp
    lib/src/lint/rules.cpp)

file(GLOB_RECURSE files RELATIVE "${ROOT}" "${ROOT}/lib/*.hpp" "${ROOT}/lib/*.cpp" "${ROOT}/cli/*.hpp" "${ROOT}/cli/*.cpp")
if(NOT files)
    message(FATAL_ERROR "there is nothing in ${ROOT}")
endif()
foreach(file IN LISTS files)
    if(file IN_LIST tables)
        continue()
    endif()
    file(READ "${ROOT}/${file}" text)
    string(REGEX REPLACE "[^\n]" "" lines "${text}")
    string(LENGTH "${lines}" count)
    if(count GREATER 400)
        message(SEND_ERROR "${file} has ${count} lines: which two nouns are in it?")
    endif()
endforeach()
