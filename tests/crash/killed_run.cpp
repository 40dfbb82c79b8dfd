// The whole program, but that each change of a target is written to its file at once, as a live registry does, and that at the nth
// one the process is killed: KILL_AT=n, from 1, KILL_HOW=before|after. KILL_LOG=FILE gets a line for each change.
#include <signal.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "app.hpp"
#include "console/arguments.hpp"
#include "schancfg/backend/call.hpp"
#include "schancfg/backend/open.hpp"
#include "console/terminal.hpp"

using namespace schancfg;
using namespace schancfg::backend;

namespace {

std::string variable(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

class WrittenAtOnce : public Target {
public:
    explicit WrittenAtOnce(std::unique_ptr<Target> inner) : inner_(std::move(inner)) {}

    Result<KeyContent> read(const registry::KeyPath& key) const override { return inner_->read(key); }
    std::string label() const override { return inner_->label(); }
    Result<void> create(const registry::KeyPath& key) override {
        return step({Verb::create, key, {}, {}}, [&] { return inner_->create(key); });
    }
    Result<void> set(const registry::KeyPath& key, std::string_view name, const registry::Value& value) override {
        return step({Verb::set, key, std::string(name), value}, [&] { return inner_->set(key, name, value); });
    }
    Result<void> unset(const registry::KeyPath& key, std::string_view name) override {
        return step({Verb::unset, key, std::string(name), {}}, [&] { return inner_->unset(key, name); });
    }
    Result<void> erase(const registry::KeyPath& key) override {
        return step({Verb::erase, key, {}, {}}, [&] { return inner_->erase(key); });
    }
    Result<void> commit() override {
        return step({Verb::commit, {}, {}, {}}, [&] { return inner_->commit(); });
    }

private:
    template <class Act>
    Result<void> step(const Call& call, Act act) {
        ++count_;
        if (const std::string log = variable("KILL_LOG"); !log.empty()) std::ofstream(log, std::ios::app) << call.to_string() << '\n';
        const bool here = std::to_string(count_) == variable("KILL_AT");
        if (here && variable("KILL_HOW") == "before") ::kill(::getpid(), SIGKILL);
        auto done = act();
        if (done) done = inner_->commit();
        if (here) ::kill(::getpid(), SIGKILL);
        return done;
    }

    std::unique_ptr<Target> inner_;
    int count_ = 0;
};

std::expected<OpenedTarget, OpenError> open_written_at_once(std::string_view spelling, const OpenOptions& options) {
    auto opened = open_target(spelling, options);
    if (opened) opened->target = std::make_unique<WrittenAtOnce>(std::move(opened->target));
    return opened;
}

}  // namespace

int main(int argc, char** argv) {
    cli::prepare_streams();
    return cli::run(cli::arguments(argc, argv), open_written_at_once);
}
