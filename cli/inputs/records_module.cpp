// A module keeps no records, and nothing that it opens was changed by a run of this program; a saved plan it reads like any file.
#include "inputs/records.hpp"
#include "inputs/unfinished.hpp"
#include "schancfg/codec/plan_json.hpp"
#include "schancfg/files/file.hpp"

namespace schancfg::cli {

Outcome<StoredRecord> load_plan(const std::string& file) {
    constexpr std::size_t most = 64u << 20;
    auto text = files::read_file(file, most);
    if (!text) return refused(text.error());
    auto record = codec::decode_record(*text, file);
    if (!record) return refused(record.error());
    return StoredRecord{file, std::move(*record), false};
}

Outcome<StoredRecord> find_record(const std::string& id) { return usage("there is no undo record " + id + " here; name the file of a plan or record"); }

void tell_unfinished(const Context&, const std::string&) {}

}  // namespace schancfg::cli
