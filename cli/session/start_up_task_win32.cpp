#include "session/start_up_task.hpp"

#include <windows.h>

#include "schancfg/files/file.hpp"
#include "schancfg/files/path.hpp"
#include "session/handle_win32.hpp"
#include "session/process.hpp"
#include "inputs/state_folder.hpp"
#include "render/escape.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::cli {
namespace {

// The schema is that of MicrosoftDocs win32 TaskSchd/task-scheduler-schema. The task runs as the system, also when it missed its
// time, on batteries, and for as long as it takes. A file name holds no quotation mark.
std::string task_of(const codec::Record& record, const std::string& file, const std::string& program) {
    return "<?xml version=\"1.0\" encoding=\"UTF-16\"?>\r\n"
           "<Task version=\"1.2\" xmlns=\"http://schemas.microsoft.com/windows/2004/02/mit/task\">\r\n"
           "  <RegistrationInfo><Description>schancfg: takes " + record.id + " back unless it is confirmed</Description></RegistrationInfo>\r\n"
           "  <Triggers>\r\n"
           "    <BootTrigger><Enabled>true</Enabled></BootTrigger>\r\n"
           "    <TimeTrigger><StartBoundary>" + record.revert_at + "</StartBoundary><Enabled>true</Enabled></TimeTrigger>\r\n"
           "  </Triggers>\r\n"
           "  <Principals><Principal id=\"Author\"><UserId>S-1-5-18</UserId><RunLevel>HighestAvailable</RunLevel></Principal></Principals>\r\n"
           "  <Settings>\r\n"
           "    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>\r\n"
           "    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>\r\n"
           "    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>\r\n"
           "    <StartWhenAvailable>true</StartWhenAvailable>\r\n"
           "    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>\r\n"
           "  </Settings>\r\n"
           "  <Actions Context=\"Author\"><Exec><Command>" + xml_text(program) + "</Command><Arguments>" + xml_text("revert \"" + file + "\"") +
           "</Arguments></Exec></Actions>\r\n"
           "</Task>\r\n";
}

std::string task_name(const codec::Record& record) { return "\\schancfg\\" + record.id; }

std::string copy_of_program(const codec::Record& record) {
    const auto folder = state_folder();
    return folder ? files::join(*folder, record.id + ".exe") : std::string{};
}

// schtasks.exe of the system, not one on the path. Gives its exit code.
Result<DWORD> schtasks(const std::wstring& words) {
    wchar_t system[MAX_PATH];
    if (GetSystemDirectoryW(system, MAX_PATH) == 0) return failed("schtasks.exe", "found", GetLastError());
    const std::wstring program = std::wstring(system) + L"\\schtasks.exe";
    std::wstring line = L"\"" + program + L"\" " + words;
    STARTUPINFOW start{};
    start.cb = sizeof start;
    PROCESS_INFORMATION made{};
    if (!CreateProcessW(program.c_str(), line.data(), nullptr, nullptr, FALSE, CREATE_NO_WINDOW, nullptr, nullptr, &start, &made)) {
        return failed("schtasks.exe", "started", GetLastError());
    }
    const Handle thread(made.hThread);
    const Handle process(made.hProcess);
    DWORD code = 0;
    if (WaitForSingleObject(made.hProcess, 60'000) != WAIT_OBJECT_0 || !GetExitCodeProcess(made.hProcess, &code)) {
        return fail(ErrorCode::io, "schtasks.exe did not end within a minute");
    }
    return code;
}

// The Task Scheduler keeps each task in a file of its name.
bool has_task(const codec::Record& record) {
    wchar_t system[MAX_PATH];
    if (GetSystemDirectoryW(system, MAX_PATH) == 0) return true;
    const std::wstring file = std::wstring(system) + L"\\Tasks" + files::path_of(task_name(record)).wstring();
    return GetFileAttributesW(file.c_str()) != INVALID_FILE_ATTRIBUTES || GetLastError() == ERROR_ACCESS_DENIED;
}

bool is_trusted(const std::string& path) { return files::check_trusted(path).has_value(); }

}  // namespace

// The system would run whatever somebody else puts in the place of this program, or a library beside it.
Result<std::string> program_for_later(const StoredRecord& stored, backend::Kind kind) {
    const std::string own = own_program();
    if (kind != backend::Kind::live) return own;
    const std::filesystem::path folder = files::path_of(own).parent_path();
    if (!folder.native().starts_with(L"\\\\") && is_trusted(own) && is_trusted(files::utf8_of(folder))) return own;
    const std::string copy = copy_of_program(stored.record);
    auto bytes = files::read_file(own, 256u << 20);
    if (!bytes) return std::unexpected(std::move(bytes.error()));
    if (auto written = files::write_file(copy, *bytes, files::Readers::owner); !written) return std::unexpected(std::move(written.error()));
    return copy;
}

Result<void> make_start_up_task(const StoredRecord& stored, backend::Kind kind, const std::string& program) {
    if (kind != backend::Kind::live) return {};
    const auto folder = state_folder();
    if (!folder) return fail(ErrorCode::io, "there is no state folder for the start-up task");
    const std::string file = files::join(*folder, stored.record.id + ".task.xml");
    const std::string text = "\xFF\xFE" + utf::to_utf16le(task_of(stored.record, files::absolute(stored.file), program));
    if (auto written = files::write_file(file, text, files::Readers::owner); !written) return written;
    const auto code = schtasks(L"/Create /F /TN \"" + files::path_of(task_name(stored.record)).wstring() + L"\" /XML \"" + files::path_of(file).wstring() + L"\"");
    std::ignore = files::remove_file(file);
    if (!code) return std::unexpected(code.error());
    if (*code != 0) return fail(ErrorCode::io, "the start-up task cannot be made: schtasks.exe ended with " + std::to_string(*code));
    return {};
}

Result<void> remove_start_up_task(const StoredRecord& stored, backend::Kind kind) {
    if (kind != backend::Kind::live || stored.record.revert_at.empty()) return {};
    // A copy that is running removes itself from the name it has; anyone who comes next removes what is left.
    std::ignore = files::remove_file(copy_of_program(stored.record));
    if (!has_task(stored.record)) return {};
    const auto code = schtasks(L"/Delete /F /TN \"" + files::path_of(task_name(stored.record)).wstring() + L"\"");
    if (!code) return std::unexpected(code.error());
    if (*code != 0) return fail(ErrorCode::io, "the start-up task " + task_name(stored.record) + " cannot be removed: schtasks.exe ended with " + std::to_string(*code));
    return {};
}

}  // namespace schancfg::cli
