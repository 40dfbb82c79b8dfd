#include "schancfg/codec/plan_json.hpp"
#include "schancfg/files/file.hpp"
#include "inputs/records.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::cli {

std::unexpected<Failure> refused(const Error& error) {
    const bool input = error.code == ErrorCode::malformed || error.code == ErrorCode::not_found || error.code == ErrorCode::unsupported;
    return failure(input ? ExitCode::usage : ExitCode::target, error);
}

bool names_a_plan(std::string_view word) { return word.size() > 5 && utf::equal_no_case(word.substr(word.size() - 5), ".json"); }

Outcome<void> save_plan(const std::string& file, const codec::Record& record) {
    if (auto written = files::write_file(file, codec::encode_record(record)); !written) return failure(ExitCode::target, written.error());
    return {};
}

}  // namespace schancfg::cli
