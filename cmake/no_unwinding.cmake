# Files that only compute, compiled without the code that would free their memory while an exception passes through them: lib/docs/decisions/0013.

# schancfg_take_pure(OUT LIST REGEX): takes the files of LIST whose path matches REGEX into OUT, but for those that exceptions must not pass so: a static
# object that is made when it is first asked for would stay half made, and who asks next would wait for it; and toml++ throws what is caught beside it.
function(schancfg_take_pure out list regex)
    set(pure)
    set(left)
    foreach(file IN LISTS ${list})
        if(file MATCHES "${regex}")
            file(STRINGS "${file}" lines REGEX "^[ \t]+(static|thread_local) (const |[^(]*=|[^(]*;)|#include <toml\\+\\+|catch \\(")
            list(FILTER lines EXCLUDE REGEX "constexpr")
            if(NOT lines)
                list(APPEND pure "${file}")
                continue()
            endif()
        endif()
        list(APPEND left "${file}")
    endforeach()
    if(NOT pure)
        message(FATAL_ERROR "No file matches ${regex}: the rooms were renamed.")
    endif()
    set(${out} ${pure} PARENT_SCOPE)
    set(${list} ${left} PARENT_SCOPE)
endfunction()

# nlohmann's JSON would end the program where it throws in files that know no exceptions: this throws all the same.
function(schancfg_compile_without_unwinding target)
    target_compile_options(${target} PRIVATE -fno-exceptions -DPUGIXML_NO_EXCEPTIONS "-DJSON_THROW_USER(error)=std::rethrow_exception(std::make_exception_ptr(error))")
endfunction()
