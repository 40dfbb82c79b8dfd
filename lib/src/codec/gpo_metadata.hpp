// The files of a backup that are about it: Backup.xml, bkupInfo.xml, manifest.xml, and the GPT.INI of the policy.
#pragma once

#include <string>
#include <vector>

#include "schancfg/codec/carrier.hpp"

namespace schancfg::codec {

struct BackupHead {
    std::string id;      ///< of the backup: `{UPPER-CASE GUID}`
    std::string policy;  ///< of the policy that it was made of
    std::string name;    ///< shown
    std::string comment;
};

/// `files` are those of the policy, by their paths in the backup; the ids are made from them and from the name.
[[nodiscard]] BackupHead backup_head(const CarrierInput& input, bool removal, const std::vector<CarrierFile>& files);
[[nodiscard]] std::string backup_xml(const BackupHead& head, const std::vector<CarrierFile>& files);
[[nodiscard]] std::string backup_info_xml(const BackupHead& head);
[[nodiscard]] std::string manifest_xml(const std::vector<BackupHead>& heads);
/// For the use of DomainSysvol\GPO as the folder of a local policy.
[[nodiscard]] std::string gpt_ini(const std::vector<CarrierFile>& files);

}  // namespace schancfg::codec
