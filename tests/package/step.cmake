# step(WHAT COMMAND...): runs it; a failure ends the test with all it said. `output` holds its standard output.
function(step what)
    execute_process(COMMAND ${ARGN} RESULT_VARIABLE code OUTPUT_VARIABLE out ERROR_VARIABLE err)
    if(NOT code EQUAL 0)
        message(FATAL_ERROR "${what} ended with ${code}:\n${out}\n${err}")
    endif()
    set(output "${out}" PARENT_SCOPE)
endfunction()
