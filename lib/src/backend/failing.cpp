#include "schancfg/backend/failing.hpp"

namespace schancfg::backend {

void FailingTarget::fail_at(std::size_t nth, Failure failure) {
    const std::size_t first = writes_ + nth;
    fail_when([this, first](const Call& call) { return call.writes() && writes_ >= first; }, std::move(failure));
}

void FailingTarget::fail_when(std::function<bool(const Call&)> chosen, Failure failure) {
    const std::size_t times = failure.times;
    plans_.push_back({std::move(chosen), std::move(failure), times});
}

const Failure* FailingTarget::failure_for(const Call& call) const {
    for (Planned& plan : plans_) {
        if (plan.left == 0 || !plan.chosen(call)) continue;
        if (plan.left != Failure::forever) --plan.left;
        ++failures_;
        return &plan.failure;
    }
    return nullptr;
}

Result<void> FailingTarget::write(const Call& call, const std::function<Result<void>()>& act) {
    ++writes_;
    const Failure* failure = failure_for(call);
    if (failure == nullptr) return act();
    if (failure->kind == Failure::Kind::lost) return {};
    if (failure->kind == Failure::Kind::late) {
        if (auto done = act(); !done) return done;
    }
    return std::unexpected(failure->error);
}

Result<KeyContent> FailingTarget::read(const registry::KeyPath& key) const {
    if (const Failure* failure = failure_for({Verb::read, key, {}, {}})) return std::unexpected(failure->error);
    return inner_.read(key);
}

Result<void> FailingTarget::create(const registry::KeyPath& key) {
    return write({Verb::create, key, {}, {}}, [&] { return inner_.create(key); });
}

Result<void> FailingTarget::set(const registry::KeyPath& key, std::string_view name, const registry::Value& value) {
    return write({Verb::set, key, std::string(name), value}, [&] { return inner_.set(key, name, value); });
}

Result<void> FailingTarget::unset(const registry::KeyPath& key, std::string_view name) {
    return write({Verb::unset, key, std::string(name), {}}, [&] { return inner_.unset(key, name); });
}

Result<void> FailingTarget::erase(const registry::KeyPath& key) {
    return write({Verb::erase, key, {}, {}}, [&] { return inner_.erase(key); });
}

Result<void> FailingTarget::commit() {
    return write({Verb::commit, {}, {}, {}}, [&] { return inner_.commit(); });
}

}  // namespace schancfg::backend
