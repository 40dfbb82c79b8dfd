# schancfg_embed_profiles(OUT): writes profiles/*.toml into OUT as rows of {name, text} for lib/src/schannel/builtin.cpp.
# Texts become byte lists: a string literal has a length limit in MSVC.

function(schancfg_embed_profiles out)
    file(GLOB files CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/profiles/*.toml")
    # By name: with the extension "mozilla-old-57" would come before "mozilla-old".
    list(TRANSFORM files REPLACE "\\.toml$" "")
    list(SORT files)
    list(TRANSFORM files APPEND ".toml")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${files})
    set(texts "")
    set(rows "")
    set(number 0)
    foreach(path IN LISTS files)
        get_filename_component(name "${path}" NAME_WLE)
        file(READ "${path}" hex HEX)
        string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
        string(APPEND texts "constexpr char text_${number}[] = {${bytes}'\\0'};\n")
        string(APPEND rows "    BuiltinProfile{\"${name}\", {text_${number}, sizeof text_${number} - 1}},\n")
        math(EXPR number "${number} + 1")
    endforeach()
    file(CONFIGURE OUTPUT "${out}" CONTENT "${texts}constexpr BuiltinProfile embedded[] = {\n${rows}};\n" @ONLY)
endfunction()
