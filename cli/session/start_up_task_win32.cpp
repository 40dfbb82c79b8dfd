#include "session/start_up_task.hpp"

#include <windows.h>

#include <filesystem>

#include "schancfg/codec/sha256.hpp"
#include "schancfg/files/file.hpp"
#include "schancfg/files/folder.hpp"
#include "schancfg/files/path.hpp"
#include "schancfg/files/system_path.hpp"
#include "session/handle_win32.hpp"
#include "session/system_program_win32.hpp"
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
           "  <RegistrationInfo><Description>schancfg: reverts " + record.id + " unless it is confirmed</Description></RegistrationInfo>\r\n"
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

std::string task_name(const std::string& id) { return "\\schancfg\\" + id; }

constexpr std::string_view copy_start = "schancfg-";
constexpr std::string_view copy_end = ".exe";

bool is_copy(std::string_view name) { return name.starts_with(copy_start) && name.ends_with(copy_end); }

std::string name_of_copy(std::string_view bytes) {
    codec::Sha256 hash;
    hash.update(bytes);
    return std::string(copy_start) + SCHANCFG_VERSION + '-' + hash.finish().substr(0, 16) + std::string(copy_end);
}

// The Task Scheduler keeps each task in a file of its name, in a folder for each folder of tasks.
std::wstring folder_of_tasks() {
    wchar_t system[MAX_PATH];
    return GetSystemDirectoryW(system, MAX_PATH) == 0 ? std::wstring{} : std::wstring(system) + L"\\Tasks\\schancfg";
}

bool has_task(const std::string& id) {
    const std::wstring folder = folder_of_tasks();
    if (folder.empty()) return true;
    const std::wstring file = folder + L'\\' + files::path_of(id).wstring();
    return GetFileAttributesW(file.c_str()) != INVALID_FILE_ATTRIBUTES || GetLastError() == ERROR_ACCESS_DENIED;
}

}  // namespace

// The system would run whatever somebody else puts in the place of this program, or a library beside it.
Result<std::string> program_for_later(backend::Kind kind) {
    const std::string own = own_program();
    if (kind != backend::Kind::live || files::check_trusted_program(own)) return own;
    const auto folder = state_folder();
    if (!folder) return fail(ErrorCode::io, "there is no state folder for a copy of the program");
    auto bytes = files::read_file(own, 256u << 20);
    if (!bytes) return std::unexpected(std::move(bytes.error()));
    std::string copy = files::join(*folder, name_of_copy(*bytes));
    // One that is there may be running for another record, and can't be replaced.
    if (const auto there = files::read_trusted_file(copy, bytes->size()); there && *there == *bytes) return copy;
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
    const auto code = run_system_program("schtasks.exe", L"/Create /F /TN \"" + files::path_of(task_name(stored.record.id)).wstring() + L"\" /XML \"" + files::path_of(file).wstring() + L"\"");
    std::ignore = files::remove_file(file);
    if (!code) return std::unexpected(code.error());
    if (*code != 0) return fail(ErrorCode::io, "the start-up task cannot be made: schtasks.exe ended with " + std::to_string(*code));
    return {};
}

Result<void> remove_start_up_task(const std::string& id, backend::Kind kind) {
    if (kind != backend::Kind::live || !has_task(id)) return {};
    const auto code = run_system_program("schtasks.exe", L"/Delete /F /TN \"" + files::path_of(task_name(id)).wstring() + L"\"");
    if (!code) return std::unexpected(code.error());
    if (*code != 0) return fail(ErrorCode::io, "the start-up task " + task_name(id) + " cannot be removed: schtasks.exe ended with " + std::to_string(*code));
    return {};
}

// Tasks are made by elevated processes for records in their state folder; another one knows nothing of them.
Result<void> sweep_start_up_tasks(const std::function<bool(const std::string&)>& waits) {
    const auto folder = state_folder();
    if (!folder || !files::is_elevated()) return {};
    Result<void> out;
    std::error_code error;
    for (std::filesystem::directory_iterator at(folder_of_tasks(), error), end; !error && at != end; at.increment(error)) {
        const std::string id = files::utf8_of(at->path().filename());
        if (!codec::is_record_id(id) || waits(id)) continue;
        if (auto removed = remove_start_up_task(id, backend::Kind::live); !removed) out = removed;
    }
    const auto all = files::list_files(*folder, 1'000'000);
    if (!all) return out;
    const auto name = [](const std::string& file) { return files::utf8_of(files::path_of(file).filename()); };
    constexpr std::string_view marker = ".marker";
    for (const std::string& file : *all) {
        const std::string marked = name(file);
        if (marked.ends_with(marker) && waits(marked.substr(0, marked.size() - marker.size()))) return out;
    }
    // One that is still running is removed by the next command.
    for (const std::string& file : *all) {
        if (is_copy(name(file))) std::ignore = files::remove_file(file);
    }
    return out;
}

Outcome<void> check_seen_by_task(const std::string& file, backend::Kind kind) {
    if (kind != backend::Kind::live) return {};
    const std::wstring full = files::path_of(files::full_path(files::absolute(file))).wstring();
    const bool has_drive = full.size() > 2 && full[1] == L':';
    const std::wstring drive = has_drive ? full.substr(0, 2) : std::wstring{};
    // A drive that a user made by `subst` or `net use` is his alone (fileapi QueryDosDevice: its device is a path, `\??\C:\x`).
    wchar_t device[1024];
    const bool is_made = has_drive && QueryDosDeviceW(drive.c_str(), device, 1024) != 0 && std::wstring_view(device).starts_with(L"\\??\\");
    if (has_drive && !is_made && GetDriveTypeW((drive + L'\\').c_str()) == DRIVE_FIXED) return {};
    return usage("--backup " + file + " is not on a fixed drive of this machine, and the start-up task of --revert-after runs as the system, which may not see it; "
                 "expected a file on a fixed drive, or no --backup");
}

}  // namespace schancfg::cli
