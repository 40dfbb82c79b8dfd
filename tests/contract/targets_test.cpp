#include "targets.hpp"

#include <filesystem>
#include <fstream>

#include "../hives.hpp"
#include "catch.hpp"
#include "schancfg/backend/failing.hpp"
#include "schancfg/backend/live.hpp"
#include "schancfg/backend/memory.hpp"
#include "schancfg/backend/open.hpp"
#include "schancfg/backend/recording.hpp"

namespace contract {
namespace {

namespace fs = std::filesystem;
using namespace schancfg;
using namespace schancfg::backend;

class MemoryBench : public Bench {
public:
    Target& target() override { return memory_; }
    void reopen() override { REQUIRE(memory_.commit()); }

protected:
    MemoryRegistry memory_;
};

template <class Wrapper>
class WrapperBench : public MemoryBench {
public:
    Target& target() override { return wrapper_; }

private:
    Wrapper wrapper_{memory_};
};

class FileBench : public Bench {
public:
    FileBench(const std::string& name, const std::string& scheme, const std::string& content)
        : path_((fs::temp_directory_path() / ("schancfg-contract-" + name)).string()), scheme_(scheme) {
        std::ofstream(path_, std::ios::binary) << content;
        open();
    }
    ~FileBench() override {
        opened_.target.reset();
        std::error_code ignored;
        fs::remove(path_, ignored);
    }
    Target& target() override { return *opened_.target; }
    void reopen() override {
        REQUIRE(opened_.target->commit());
        opened_.target.reset();
        open();
    }
    bool keeps_unterminated() const override { return scheme_ != "reg:"; }

private:
    void open() {
        auto opened = open_target(scheme_ + path_, {});
        if (!opened) FAIL(opened.error().error.message);
        opened_ = std::move(*opened);
    }
    std::string path_, scheme_;
    OpenedTarget opened_;
};

// The suite works below HKCU, and no hive of a machine holds that: its keys are those of HKLM\SOFTWARE here, in what is said as well.
class MovedTarget : public Target {
public:
    explicit MovedTarget(std::unique_ptr<Target> inner) : inner_(std::move(inner)) {}
    Result<KeyContent> read(const registry::KeyPath& key) const override { return back(inner_->read(there(key))); }
    std::string label() const override { return inner_->label(); }
    Result<void> create(const registry::KeyPath& key) override { return back(inner_->create(there(key))); }
    Result<void> set(const registry::KeyPath& key, std::string_view name, const registry::Value& value) override { return back(inner_->set(there(key), name, value)); }
    Result<void> unset(const registry::KeyPath& key, std::string_view name) override { return back(inner_->unset(there(key), name)); }
    Result<void> erase(const registry::KeyPath& key) override { return back(inner_->erase(there(key))); }
    Result<void> commit() override { return inner_->commit(); }

private:
    static registry::KeyPath there(const registry::KeyPath& key) {
        if (key.is_root() || key.root() != registry::Root::current_user) return key;
        return registry::KeyPath(registry::Root::local_machine, key.path());
    }
    template <class T>
    static Result<T> back(Result<T> result) {
        if (result) return result;
        std::string& message = result.error().message;
        if (const std::size_t at = message.find("HKLM\\"); at != std::string::npos) message.replace(at, 4, "HKCU");
        return result;
    }
    std::unique_ptr<Target> inner_;
};

class HiveBench : public Bench {
public:
    HiveBench() : path_((fs::temp_directory_path() / "schancfg-contract-SOFTWARE").string()) {
        std::ofstream(path_, std::ios::binary) << hives::software();
        open();
    }
    ~HiveBench() override {
        target_.reset();
        std::error_code ignored;
        fs::remove(path_, ignored);
    }
    Target& target() override { return *target_; }
    void reopen() override {
        REQUIRE(target_->commit());
        target_.reset();
        open();
    }

private:
    void open() {
        auto opened = open_target("hive:" + path_, {});
        if (!opened) FAIL(opened.error().error.message);
        target_ = std::make_unique<MovedTarget>(std::move(opened->target));
    }
    std::string path_;
    std::unique_ptr<Target> target_;
};

#if defined(_WIN32)
class LiveBench : public Bench {
public:
    LiveBench() {
        open();
        erase_all(*target_, scratch());
    }
    ~LiveBench() override { erase_all(*target_, scratch()); }
    Target& target() override { return *target_; }
    void reopen() override {
        REQUIRE(target_->commit());
        open();
    }

private:
    void open() {
        auto opened = open_live("", Access::write);
        if (!opened) FAIL(opened.error().message);
        target_ = std::move(*opened);
    }
    std::unique_ptr<Target> target_;
};
#endif

}  // namespace

const std::vector<TargetKind>& target_kinds() {
    static const std::vector<TargetKind> kinds{
        {"memory", [] { return std::make_unique<MemoryBench>(); }},
        {"failing, without a failure", [] { return std::make_unique<WrapperBench<FailingTarget>>(); }},
        {"recording", [] { return std::make_unique<WrapperBench<RecordingTarget>>(); }},
        {"reg file", [] { return std::make_unique<FileBench>("suite.reg", "reg:", "Windows Registry Editor Version 5.00\r\n\r\n"); }},
        {"memory file",
         [] { return std::make_unique<FileBench>("suite.json", "memory:", "{\"format_version\": \"1.0\", \"keys\": []}"); }},
        {"hive", [] { return std::make_unique<HiveBench>(); }},
#if defined(_WIN32)
        {"live", [] { return std::make_unique<LiveBench>(); }},
#endif
    };
    return kinds;
}

const registry::KeyPath& scratch() {
    static const registry::KeyPath key(registry::Root::current_user, "Software\\schancfg-test");
    return key;
}

void erase_all(Target& target, const registry::KeyPath& key) {
    const auto content = target.read(key);
    if (!content) {
        REQUIRE(content.error().code == ErrorCode::not_found);
        return;
    }
    for (const std::string& child : content->children) erase_all(target, key.child(child));
    REQUIRE(target.erase(key));
}

}  // namespace contract
