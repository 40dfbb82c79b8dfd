// FailingTarget: passes every verb on to another Target until it is set to fail, and then fails as it was set.
//
// For tests of what code does when a registry refuses, loses a write or dies half-way. Without a failure planned it is the Target
// behind it, which it does not own and which must outlive it. Used by one thread at a time.
#pragma once

#include <cstddef>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "schancfg/backend/call.hpp"
#include "schancfg/backend/source.hpp"

namespace schancfg::backend {

struct Failure {
    enum class Kind : std::uint8_t {
        refused,  ///< nothing is done, and the error is reported
        late,     ///< it is done, and the error is reported all the same
        lost,     ///< nothing is done, and success is reported
    };
    Error error{.code = ErrorCode::io, .message = "the disk is full"};
    Kind kind = Kind::refused;
    /// How many calls in a row fail once the failure has begun (of those that `fail_when` picks).
    std::size_t times = 1;
    static constexpr std::size_t forever = std::numeric_limits<std::size_t>::max();
};

class FailingTarget : public Target {
public:
    explicit FailingTarget(Target& inner) : inner_(inner) {}
    FailingTarget(const FailingTarget&) = delete;
    FailingTarget& operator=(const FailingTarget&) = delete;

    /// The `nth` writing call from now on, counted from 1, fails (create, set, unset, erase and commit count; reads do not), and
    /// with `times` the writing calls after it.
    void fail_at(std::size_t nth, Failure failure = {});
    /// The calls, reads among them, for which `chosen` is true fail. (`Kind::lost` and `late` make no sense for a read: it is refused.)
    void fail_when(std::function<bool(const Call&)> chosen, Failure failure = {});
    /// Forgets every planned failure.
    void heal() { plans_.clear(); }

    /// Writing calls so far, failed ones too.
    [[nodiscard]] std::size_t writes() const { return writes_; }
    /// Calls that failed so far.
    [[nodiscard]] std::size_t failures() const { return failures_; }

    [[nodiscard]] Result<KeyContent> read(const registry::KeyPath& key) const override;
    [[nodiscard]] std::string label() const override { return inner_.label(); }
    [[nodiscard]] const registry::Coverage& coverage() const override { return inner_.coverage(); }
    [[nodiscard]] Result<void> create(const registry::KeyPath& key) override;
    [[nodiscard]] Result<void> set(const registry::KeyPath& key, std::string_view name, const registry::Value& value) override;
    [[nodiscard]] Result<void> unset(const registry::KeyPath& key, std::string_view name) override;
    [[nodiscard]] Result<void> erase(const registry::KeyPath& key) override;
    [[nodiscard]] Result<void> commit() override;
    [[nodiscard]] bool writes_at_commit() const override { return inner_.writes_at_commit(); }

private:
    struct Planned {
        std::function<bool(const Call&)> chosen;
        Failure failure;
        std::size_t left = 0;
    };
    [[nodiscard]] const Failure* failure_for(const Call& call) const;
    [[nodiscard]] Result<void> write(const Call& call, const std::function<Result<void>()>& act);

    Target& inner_;
    mutable std::vector<Planned> plans_;
    mutable std::size_t failures_ = 0;
    std::size_t writes_ = 0;
};

}  // namespace schancfg::backend
