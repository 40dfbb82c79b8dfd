# A program cannot hand a plan that nobody has checked to apply::run: it does not compile.
cmake_minimum_required(VERSION 3.25)

foreach(attempt RANGE 0 5)
    execute_process(COMMAND "${COMPILER}" -std=c++23 -fsyntax-only "-DATTEMPT=${attempt}" "-I${ROOT}/lib/include" "${CMAKE_CURRENT_LIST_DIR}/unchecked/attempt.cpp"
        RESULT_VARIABLE code ERROR_VARIABLE err)
    if(attempt EQUAL 0)
        if(NOT code EQUAL 0)
            message(FATAL_ERROR "the way that is meant does not compile:\n${err}")
        endif()
    elseif(code EQUAL 0)
        message(SEND_ERROR "attempt ${attempt} compiles")
    elseif(NOT err MATCHES "private|no known conversion|invalid initialization|could not convert|discards qualifiers|passing 'const|const-qualified")
        message(SEND_ERROR "attempt ${attempt} fails for another reason:\n${err}")
    endif()
endforeach()
