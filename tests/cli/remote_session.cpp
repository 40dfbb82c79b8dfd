// Which sessions are ones that a change of TLS settings can cut, by what the system says of a process.
#include "session/remote_session.hpp"

#include "catch.hpp"

using namespace schancfg::cli;
using schancfg::facts::Role;

namespace {

std::string known(const SessionMarks& marks) {
    const auto session = session_of(marks);
    return session ? session->name + (session->role == Role::client ? " (client)" : "") : "";
}

}  // namespace

TEST_CASE("remote desktop is known by its name, by the system's word, and where that fails by the session at the machine") {
    CHECK(known({.session_name = "RDP-Tcp#3", .remote_metric = true, .session = 2, .glass_session = 1, .ancestors = {"cmd.exe", "explorer.exe"}}) == "Remote Desktop (RDP-Tcp#3)");
    CHECK(known({.session_name = "rdp-tcp#0", .ancestors = {}}) == "Remote Desktop (rdp-tcp#0)");
    CHECK(known({.session_name = "Console", .remote_metric = true, .ancestors = {}}) == "Remote Desktop");
    CHECK(known({.session_name = "Console", .session = 3, .glass_session = 1, .ancestors = {"explorer.exe"}}) == "Remote Desktop");
    CHECK(known({.session_name = "Console", .session = 1, .glass_session = 1, .ancestors = {"explorer.exe"}}).empty());
    // Before Windows 8 there is no such value.
    CHECK(known({.session_name = "Console", .session = 1, .ancestors = {"explorer.exe"}}).empty());
    CHECK(known({}).empty());
}

TEST_CASE("WinRM is known by its host, and SSH and PsExec do without Schannel") {
    CHECK(known({.session = 0, .glass_session = 1, .ancestors = {"cmd.exe", "WinRSHost.exe", "svchost.exe", "services.exe"}}) == "WinRM");
    CHECK(known({.session = 0, .glass_session = 1, .ancestors = {"wsmprovhost.exe", "svchost.exe"}}) == "WinRM");
    CHECK(known({.session = 0, .glass_session = 1, .ancestors = {"powershell.exe", "cmd.exe", "sshd.exe", "sshd.exe", "services.exe"}}).empty());
    CHECK(known({.session = 0, .ancestors = {"sshd-session.exe", "services.exe"}}).empty());
    CHECK(known({.session = 0, .ancestors = {"cmd.exe", "PSEXESVC.exe", "services.exe"}}).empty());
    // SSH inside of a WinRM session, and the other way round: the nearest counts.
    CHECK(known({.session = 0, .ancestors = {"wsmprovhost.exe", "sshd.exe"}}) == "WinRM");
}

TEST_CASE("what a service started may be an agent, which is a client") {
    CHECK(known({.session = 0, .glass_session = 1, .ancestors = {"cmd.exe", "agent.exe", "services.exe", "wininit.exe"}}) == "service or agent (client)");
    CHECK(known({.session = 0, .glass_session = 1, .ancestors = {"agent.exe"}}).empty());
}

TEST_CASE("what may drop is said in one sentence") {
    CHECK(may_drop({.name = "WinRM"}, {"TLS 1.2"}) == "this WinRM session may drop: the machine will stop offering TLS 1.2");
    CHECK(may_drop({.name = "Remote Desktop"}, {"TLS 1.0", "TLS 1.1", "5 cipher suites"}) ==
          "this Remote Desktop session may drop: the machine will stop offering TLS 1.0, TLS 1.1 and 5 cipher suites");
}
