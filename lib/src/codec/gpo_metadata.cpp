// After a backup written by GPMC: lib/docs/formats/gpo-backup.md.
#include "codec/gpo_metadata.hpp"

#include <algorithm>
#include <string_view>

#include "schancfg/ascii.hpp"
#include "schancfg/codec/gpp_xml.hpp"
#include "schancfg/text.hpp"

namespace schancfg::codec {
namespace {

constexpr std::string_view domain = "schancfg.invalid";
// No clock: the same profile gives the same bytes.
constexpr std::string_view backup_time = "2026-01-01T00:00:00";
constexpr std::string_view manifest_space = "http://www.microsoft.com/GroupPolicy/GPOOperations/Manifest";
// Owner and group BUILTIN\Administrators, Authenticated Users may read and apply: nothing of one domain.
constexpr std::string_view security_descriptor =
    "01 00 04 80 14 00 00 00 24 00 00 00 00 00 00 00 34 00 00 00 01 02 00 00 00 00 00 05 20 00 00 00 20 02 00 00 01 02 00 00 00 00 00 05 20 00 00 00 20 02 00 00 "
    "02 00 1c 00 01 00 00 00 00 02 14 00 94 00 02 00 01 01 00 00 00 00 00 05 0b 00 00 00";

// Client-side extensions, with the tools that edit what they read; ascending by the first GUID, as in the directory.
constexpr std::string_view registry_extension = "[{35378EAC-683F-11D2-A89A-00C04FBBCFA2}{D02B1F72-3407-48AE-BA88-E8213C6761F1}]";
constexpr std::string_view security_extension = "[{827D319E-6EAC-11D2-A4EA-00C04F79F83A}{803E14A0-B4FB-11D0-A0D0-00A0C90F574B}]";
constexpr std::string_view preferences_core = "[{00000000-0000-0000-0000-000000000000}{BEE07A6A-EC9F-4659-B8C9-0B1937907C83}]";
constexpr std::string_view preferences_extension = "[{B087BE9D-ED37-454F-AF9C-04291E351182}{BEE07A6A-EC9F-4659-B8C9-0B1937907C83}]";

std::string guid(const std::string& words) {
    std::string out = stable_uuid(words);
    std::ranges::transform(out, out.begin(), ascii::to_upper);
    return '{' + out + '}';
}

// Text that XML can't hold becomes `?`.
std::string cdata(std::string_view text) {
    std::string content;
    for (const char c : text) content += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    if (!content.empty() && gpp_escape(content).empty()) content = "?";
    for (std::size_t at = 0; (at = content.find("]]>", at)) != std::string::npos; at += 15) content.replace(at, 3, "]]]]><![CDATA[>");
    return "<![CDATA[" + content + "]]>";
}

std::string element(std::string_view name, std::string_view text) { return '<' + std::string(name) + '>' + cdata(text) + "</" + std::string(name) + '>'; }

bool has(const std::vector<CarrierFile>& files, std::string_view end) {
    return std::ranges::any_of(files, [&](const CarrierFile& file) { return file.path.ends_with(end); });
}

std::string extensions_of(const std::vector<CarrierFile>& files) {
    std::string out;
    if (has(files, "/Registry.xml")) out += preferences_core;
    if (has(files, "/registry.pol")) out += registry_extension;
    if (has(files, "/GptTmpl.inf")) out += security_extension;
    if (has(files, "/Registry.xml")) out += preferences_extension;
    return out;
}

std::string members_of(const BackupHead& head) {
    return element("GPOGuid", head.policy) + element("GPODomain", domain) + element("GPODomainGuid", guid("domain")) + element("GPODomainController", "dc." + std::string(domain)) +
           element("BackupTime", backup_time) + element("ID", head.id) + element("Comment", head.comment) + element("GPODisplayName", head.name);
}

std::string backslashed(std::string_view path) {
    std::string out(path);
    std::ranges::replace(out, '/', '\\');
    return out;
}

// `below`: a path below Machine, with slashes.
std::string file_system_object(std::string_view kind, const BackupHead& head, std::string_view below, std::string_view more = {}) {
    const std::string path = backslashed(below);
    return '<' + std::string(kind) + " bkp:Path=\"%GPO_MACH_FSPATH%\\" + path + "\" bkp:SourceExpandedPath=\"\\\\dc." + std::string(domain) + "\\sysvol\\" + std::string(domain) + "\\Policies\\" + head.policy +
           "\\Machine\\" + path + '"' + std::string(more) + " bkp:Location=\"DomainSysvol\\GPO\\Machine\\" + path + "\"/>";
}

}  // namespace

BackupHead backup_head(const CarrierInput& input, bool removal, const std::vector<CarrierFile>& files) {
    BackupHead out{.id = {}, .policy = {}, .name = shorten(input.name.empty() ? input.label : input.name, 200) + (removal ? " (removal)" : ""),
                   .comment = removal ? "Undoes what the policy of the same name has set" : shorten(input.description, 1000)};
    std::string words = input.label + '\n' + out.name + '\n';
    out.policy = guid("policy\n" + words);
    for (const CarrierFile& file : files) words += file.path + '\n' + std::to_string(file.bytes.size()) + '\n' + file.bytes;
    out.id = guid("backup\n" + words);
    return out;
}

std::string backup_xml(const BackupHead& head, const std::vector<CarrierFile>& files) {
    std::string out = "<?xml version=\"1.0\" encoding=\"utf-8\"?><GroupPolicyBackupScheme bkp:version=\"2.0\" bkp:type=\"GroupPolicyBackupTemplate\" "
                      "xmlns:bkp=\"http://www.microsoft.com/GroupPolicy/GPOOperations\" xmlns=\"http://www.microsoft.com/GroupPolicy/GPOOperations\">\r\n"
                      "    <GroupPolicyObject><SecurityGroups/><FilePaths/><GroupPolicyCoreSettings>";
    out += element("ID", head.policy) + element("Domain", domain) + "<SecurityDescriptor>" + std::string(security_descriptor) + "</SecurityDescriptor>" + element("DisplayName", head.name) +
           element("Options", "0") + element("UserVersionNumber", "0") + element("MachineVersionNumber", "65537") + element("MachineExtensionGuids", extensions_of(files)) +
           "<UserExtensionGuids/><WMIFilter/></GroupPolicyCoreSettings>\r\n";
    if (has(files, "/registry.pol")) {
        out += "        <GroupPolicyExtension bkp:ID=\"{35378EAC-683F-11D2-A89A-00C04FBBCFA2}\" bkp:DescName=\"Registry\">" + file_system_object("FSObjectFile", head, "registry.pol") + "</GroupPolicyExtension>\r\n";
    }
    if (has(files, "/GptTmpl.inf")) {
        out += "        <GroupPolicyExtension bkp:ID=\"{827D319E-6EAC-11D2-A4EA-00C04F79F83A}\" bkp:DescName=\"Security\">" +
               file_system_object("FSObjectFile", head, "microsoft/windows nt/SecEdit/GptTmpl.inf", " bkp:ReEvaluateFunction=\"SecurityValidateSettings\"") + "</GroupPolicyExtension>\r\n";
    }
    if (has(files, "/Registry.xml")) {
        out += "        <GroupPolicyExtension bkp:ID=\"{F15C46CD-82A0-4C2D-A210-5D0D3182A418}\" bkp:DescName=\"Unknown Extension\">" + file_system_object("FSObjectDir", head, "Preferences") +
               file_system_object("FSObjectDir", head, "Preferences/Registry") + file_system_object("FSObjectFile", head, "Preferences/Registry/Registry.xml") + "</GroupPolicyExtension>\r\n";
    }
    return out + "    </GroupPolicyObject>\r\n</GroupPolicyBackupScheme>\r\n";
}

std::string backup_info_xml(const BackupHead& head) { return "<BackupInst xmlns=\"" + std::string(manifest_space) + "\">" + members_of(head) + "</BackupInst>"; }

std::string manifest_xml(const std::vector<BackupHead>& heads) {
    std::string out = "<Backups xmlns=\"" + std::string(manifest_space) + "\" xmlns:mfst=\"" + std::string(manifest_space) + "\" mfst:version=\"1.0\">";
    for (const BackupHead& head : heads) out += "<BackupInst>" + members_of(head) + "</BackupInst>";
    return out + "</Backups>";
}

// In the form that Samba writes, which Windows' own reader of .ini files takes as well: blanks around `=` do not belong to either side.
std::string gpt_ini(const std::vector<CarrierFile>& files) { return "[General]\nVersion = 1\ngPCMachineExtensionNames = " + extensions_of(files) + "\n\n"; }

}  // namespace schancfg::codec
