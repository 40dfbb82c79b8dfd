#include "session/remote_session.hpp"

#include <algorithm>
#include <initializer_list>

#include "schancfg/utf.hpp"

namespace schancfg::cli {
namespace {

using facts::Role;

bool is_one_of(std::string_view program, std::initializer_list<std::string_view> names) {
    return std::ranges::any_of(names, [&](std::string_view name) { return utf::equal_no_case(program, name); });
}

}  // namespace

std::optional<RemoteSession> session_of(const SessionMarks& marks) {
    // The nearest host of a shell is what the line ends at, whatever session it runs in.
    for (const std::string& program : marks.ancestors) {
        // PowerShell remoting and winrs (win32: winrm/windows-remote-management-glossary).
        if (is_one_of(program, {"wsmprovhost.exe", "winrshost.exe"})) return RemoteSession{"WinRM", Role::server};
        // OpenSSH brings its own cryptography.
        if (is_one_of(program, {"sshd.exe", "sshd-session.exe"})) return std::nullopt;
        // Services that are copied to the machine and spoken to by named pipes: PsExec, PAExec, RemCom, winexe.
        if (is_one_of(program, {"psexesvc.exe", "paexec.exe", "remcomsvc.exe", "winexesvc.exe"})) return std::nullopt;
    }
    // SESSIONNAME is `Console` or `RDP-Tcp#3` (win32: TermServ/terminal-services-sessions). A program that was started before the session was
    // connected again has the old one, hence the system's own word as well.
    const bool named = marks.session_name.size() >= 4 && utf::equal_no_case(std::string_view(marks.session_name).substr(0, 4), "RDP-");
    if (named) return RemoteSession{"Remote Desktop (" + marks.session_name + ')', Role::server};
    if (marks.remote_metric) return RemoteSession{"Remote Desktop", Role::server};
    constexpr std::uint32_t services = 0;
    if (marks.session == services) {
        // Nobody sits in the session of the services: what runs here was started by one, and agents that manage machines call home as clients.
        const bool by_service = std::ranges::any_of(marks.ancestors, [](const std::string& program) { return is_one_of(program, {"services.exe"}); });
        if (by_service) return RemoteSession{"service or agent", Role::client};
        return std::nullopt;
    }
    // Windows 8 and Server 2012 on: the metric takes sessions with RemoteFX for local ones; the local one is named by GlassSessionId (win32:
    // TermServ/detecting-the-terminal-services-environment).
    if (marks.session && marks.glass_session && *marks.session != *marks.glass_session) return RemoteSession{"Remote Desktop", Role::server};
    return std::nullopt;
}

std::string may_drop(const RemoteSession& session, const std::vector<std::string>& lost) {
    std::string names;
    for (std::size_t at = 0; at < lost.size(); ++at) names.append(at == 0 ? "" : at + 1 == lost.size() ? " and " : ", ").append(lost[at]);
    return "this " + session.name + " session may drop: the machine will stop offering " + names;
}

}  // namespace schancfg::cli
