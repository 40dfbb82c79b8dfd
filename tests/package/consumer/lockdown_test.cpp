// Plain checks, so that a stranger's project needs nothing but schancfg.
#include <cstdio>
#include <cstdlib>

#include "lockdown.hpp"
#include "schancfg/backend/failing.hpp"
#include "schancfg/backend/memory.hpp"

using namespace schancfg;

namespace {

void check(bool true_it_is, const char* what) {
    if (true_it_is) return;
    std::fprintf(stderr, "wrong: %s\n", what);
    std::exit(1);
}

const registry::KeyPath ssl3(registry::Root::local_machine,
                             R"(SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\SSL 3.0\Server)");

registry::Tree a_server() {
    registry::Tree tree;
    tree.set_value(ssl3, "Enabled", registry::Value::dword(0xFFFFFFFF));
    return tree;
}

}  // namespace

int main() {
    backend::MemoryRegistry healthy(a_server());
    check(lockdown::turn_off_old_protocols(healthy).has_value(), "it works on a healthy registry");
    const auto* enabled = healthy.tree().find_value(ssl3, "Enabled");
    check(enabled != nullptr && *enabled == registry::Value::dword(0), "SSL 3.0 is off for servers");

    backend::FailingTarget counting(healthy);
    check(lockdown::turn_off_old_protocols(counting).has_value() && counting.writes() == 1, "a second time only commits");

    std::size_t failed = 0;
    for (std::size_t nth = 1;; ++nth) {
        backend::MemoryRegistry memory(a_server());
        backend::FailingTarget failing(memory);
        failing.fail_at(nth, {.error = {.code = ErrorCode::access_denied, .message = "not you"}});
        const auto result = lockdown::turn_off_old_protocols(failing);
        if (failing.failures() == 0) break;
        ++failed;
        check(!result && result.error().code == ErrorCode::access_denied, "the refusal is reported");
        check(memory.tree().same_content(a_server()), "nothing is left half done");
    }
    check(failed >= 3, "each write was made to fail once");
    std::puts("lockdown: all checks hold");
}
