#include <benchmark/benchmark.h>

#include "hklm_export.hpp"
#include "schancfg/codec/reg_text.hpp"

using namespace schancfg;

namespace {

constexpr std::size_t size = 64u << 20;

const std::string& export_bytes() {
    static const std::string bytes = codec::encode_reg(bench::make_hklm(size));
    return bytes;
}

void read_export_into_tree(benchmark::State& state) {
    const std::string& bytes = export_bytes();
    for (auto _ : state) {
        auto decoded = codec::decode_reg_tree(bytes, {});
        benchmark::DoNotOptimize(decoded);
        state.PauseTiming();  // iconv frees nothing either
        decoded.value.reset();
        state.ResumeTiming();
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * export_bytes().size()));
}
BENCHMARK(read_export_into_tree)->Unit(benchmark::kMillisecond);

void read_export_into_patch(benchmark::State& state) {
    const std::string& bytes = export_bytes();
    for (auto _ : state) benchmark::DoNotOptimize(codec::decode_reg(bytes, {}));
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * export_bytes().size()));
}
BENCHMARK(read_export_into_patch)->Unit(benchmark::kMillisecond);

void write_export(benchmark::State& state) {
    const auto decoded = codec::decode_reg_tree(export_bytes(), {});
    for (auto _ : state) benchmark::DoNotOptimize(codec::encode_reg(*decoded.value));
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * export_bytes().size()));
}
BENCHMARK(write_export)->Unit(benchmark::kMillisecond);

}  // namespace
