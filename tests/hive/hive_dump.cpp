// hive_dump FILE: everything in a hive, as the reader of the library sees it: a line a key, and a line a value with type and bytes. Names and bytes are in
// hexadecimal, those of a path with a slash between. What is damaged ends it with 1.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

#include "schancfg/codec/regf.hpp"
#include "schancfg/registry/value.hpp"

using namespace schancfg;

namespace {

bool dump(const codec::Hive& hive, codec::HiveCell key, const std::string& path) {
    std::printf("key %s\n", path.c_str());
    const auto values = hive.values(key);
    const auto children = hive.children(key);
    if (!values || !children) {
        std::fprintf(stderr, "%s\n", (values ? children.error() : values.error()).message.c_str());
        return false;
    }
    for (const codec::HiveValue& each : *values) {
        std::printf("value %s|%s|%u|%s\n", path.c_str(), registry::to_hex(each.value.name).c_str(), each.value.value.type, registry::to_hex(each.value.value.bytes).c_str());
    }
    for (const codec::HiveChild& child : *children) {
        if (!dump(hive, child.cell, (path.empty() ? path : path + '/') + registry::to_hex(child.name))) return false;
    }
    return true;
}

}  // namespace

int main(int count, char** words) {
    if (count != 2) return 2;
    std::ifstream file(words[1], std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(file), {});
    const auto hive = codec::Hive::open(bytes);
    if (!hive) {
        std::fprintf(stderr, "%s\n", hive.error().message.c_str());
        return 1;
    }
    return dump(*hive, hive->root(), "") ? 0 : 1;
}
