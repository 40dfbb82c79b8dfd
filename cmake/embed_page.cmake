# cmake -D PAGE=FILE -D OUT=FILE -P embed_page.cmake: a source file that holds PAGE, packed by gzip; nothing where PAGE is empty.
# Numbers of eight bytes, as a compiler takes them in a second; a text literal may not be so long everywhere.
set(numbers "")
set(size 0)
if(PAGE)
    set(packed "${OUT}.gz")
    file(ARCHIVE_CREATE OUTPUT "${packed}" PATHS "${PAGE}" FORMAT raw COMPRESSION GZip COMPRESSION_LEVEL 9)
    file(SIZE "${packed}" size)
    file(READ "${packed}" hex HEX)
    file(REMOVE "${packed}")
    # When it was packed is nobody's business: the same page gives the same program.
    string(SUBSTRING "${hex}" 0 8 start)
    string(SUBSTRING "${hex}" 16 -1 rest)
    set(hex "${start}00000000${rest}")
    # Padded to whole numbers; the first byte of a number is its lowest (every Windows and Linux that this is built for).
    string(APPEND hex "0000000000000000")
    string(REGEX REPLACE "(..)(..)(..)(..)(..)(..)(..)(..)" "0x\\8\\7\\6\\5\\4\\3\\2\\1," numbers "${hex}")
    string(REGEX REPLACE ",[0-9a-f]*$" "," numbers "${numbers}")
    string(REGEX REPLACE "((0x[0-9a-f]+,)(0x[0-9a-f]+,)(0x[0-9a-f]+,)(0x[0-9a-f]+,))" "\\1\n" numbers "${numbers}")
endif()
file(WRITE "${OUT}" "#include \"embedded_page.hpp\"

#include <bit>
#include <cstdint>

static_assert(std::endian::native == std::endian::little);

namespace schancfg::cli {
namespace {

constexpr std::uint64_t numbers[] = {${numbers}0};

}  // namespace

std::string_view embedded_page_packed() { return {reinterpret_cast<const char*>(numbers), ${size}}; }

}  // namespace schancfg::cli
")
