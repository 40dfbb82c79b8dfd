# A module for WebAssembly (wasm32-wasi) from Debian's clang 16 and libc++ 16, which have neither exceptions nor <filesystem> there.

# CMake 3.25 does not know WASI.
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR wasm32)
set(CMAKE_C_COMPILER clang-16)
set(CMAKE_CXX_COMPILER clang++-16)
set(CMAKE_C_COMPILER_TARGET wasm32-wasi)
set(CMAKE_CXX_COMPILER_TARGET wasm32-wasi)
set(CMAKE_SYSROOT /usr)
add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-nostdinc++> $<$<COMPILE_LANGUAGE:CXX>:-fno-exceptions>
    "$<$<COMPILE_LANGUAGE:CXX>:SHELL:-isystem /usr/include/wasm32-wasi/c++/v1>")

# /usr is the sysroot for wasm's own folders in it; nothing else of the build machine is found by accident.
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)

set(CMAKE_EXE_LINKER_FLAGS_INIT "-Wl,--strip-all -Wl,--gc-sections")
