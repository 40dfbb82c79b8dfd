# Every file of the library with logic has a test file of its name: tests/<room>/<name>_test.cpp or <name>_*_test.cpp. A file without a
# public header of its name is a part of one that has; so the tests of its family (`profile_words`: tests/codec/profile_*) are its own, and
# those of the room where a room has a single contract. What is tested elsewhere is named here with where.
cmake_minimum_required(VERSION 3.25)

set(elsewhere
    # Tables and their look-ups: held together, each by other rules.
    facts/algorithms=tests/facts/tables_test.cpp
    facts/codes=tests/facts/tables_test.cpp
    facts/conflicts=tests/facts/tables_test.cpp
    facts/installed_values=tests/facts/tables_test.cpp
    facts/registry_values=tests/facts/tables_test.cpp
    facts/updates=tests/facts/tables_test.cpp
    # Every registry is held to one suite.
    backend/memory=tests/contract/targets_test.cpp
    backend/failing=tests/backend/wrappers_test.cpp
    backend/recording=tests/backend/wrappers_test.cpp
    backend/call=tests/backend/wrappers_test.cpp
    # Names of enumerators, and the sum of the other parts.
    effect/areas=tests/effect/coverage_test.cpp
    effect/circumstances=tests/effect/protocols_test.cpp
    effect/effect=tests/effect/reach_test.cpp
    handshake/end=tests/handshake/unknown_test.cpp
    # What it embeds is read through the decoder.
    codec/profile_toml=tests/codec/profile_decode_test.cpp
    schannel/builtin=tests/codec/profile_shipped_test.cpp
    schannel/peer=tests/codec/peer_toml_test.cpp
    schannel/spelling=tests/codec/profile_encode_test.cpp)

file(GLOB_RECURSE bodies RELATIVE "${ROOT}/lib/src" "${ROOT}/lib/src/*/*.cpp")
foreach(body IN LISTS bodies)
    string(REGEX REPLACE "\\.cpp$" "" body "${body}")
    get_filename_component(room "${body}" DIRECTORY)
    get_filename_component(name "${body}" NAME)
    file(GLOB own "${ROOT}/tests/${room}/${name}_test.cpp" "${ROOT}/tests/${room}/${name}_*_test.cpp")
    set(named "${elsewhere}")
    list(FILTER named INCLUDE REGEX "^${body}=")
    if(own)
        if(named)
            message(SEND_ERROR "${body} has a test file of its name, and is named as one that has none")
        endif()
        continue()
    endif()
    if(named)
        string(REGEX REPLACE ".*=" "" test "${named}")
        if(NOT EXISTS "${ROOT}/${test}")
            message(SEND_ERROR "${body}: ${test} is not there")
        endif()
        continue()
    endif()
    if(EXISTS "${ROOT}/lib/include/schancfg/${body}.hpp")
        message(SEND_ERROR "lib/src/${body}.cpp has a public header and no tests/${room}/${name}_test.cpp")
        continue()
    endif()
    file(GLOB room_tests "${ROOT}/tests/${room}/*_test.cpp")
    set(named "${elsewhere}")
    list(FILTER named INCLUDE REGEX "^${room}/")
    if(NOT room_tests AND NOT named)
        message(SEND_ERROR "lib/src/${body}.cpp: the room ${room} has no tests")
    endif()
endforeach()
