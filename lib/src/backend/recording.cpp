#include "schancfg/backend/recording.hpp"

#include <algorithm>
#include <iterator>

namespace schancfg::backend {

Result<KeyContent> RecordingTarget::read(const registry::KeyPath& key) const {
    calls_.push_back({Verb::read, key, {}, {}});
    return inner_.read(key);
}

Result<void> RecordingTarget::create(const registry::KeyPath& key) {
    calls_.push_back({Verb::create, key, {}, {}});
    return inner_.create(key);
}

Result<void> RecordingTarget::set(const registry::KeyPath& key, std::string_view name, const registry::Value& value) {
    calls_.push_back({Verb::set, key, std::string(name), value});
    return inner_.set(key, name, value);
}

Result<void> RecordingTarget::unset(const registry::KeyPath& key, std::string_view name) {
    calls_.push_back({Verb::unset, key, std::string(name), {}});
    return inner_.unset(key, name);
}

Result<void> RecordingTarget::erase(const registry::KeyPath& key) {
    calls_.push_back({Verb::erase, key, {}, {}});
    return inner_.erase(key);
}

Result<void> RecordingTarget::commit() {
    calls_.push_back({Verb::commit, {}, {}, {}});
    return inner_.commit();
}

std::vector<Call> RecordingTarget::writes() const {
    std::vector<Call> found;
    std::ranges::copy_if(calls_, std::back_inserter(found), &Call::writes);
    return found;
}

}  // namespace schancfg::backend
