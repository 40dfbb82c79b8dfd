// Stands in for shutdown.exe of the system: writes its command line to C:\shutdown.txt, and ends with the number in C:\shutdown-exit.txt (0 without one).
#include <windows.h>

#include <fstream>
#include <string>

int main() {
    int written = 0;
    const std::wstring line = GetCommandLineW();
    std::string text(line.size() * 4, '\0');
    written = WideCharToMultiByte(CP_UTF8, 0, line.data(), static_cast<int>(line.size()), text.data(), static_cast<int>(text.size()), nullptr, nullptr);
    text.resize(static_cast<std::size_t>(written));
    std::ofstream("C:\\shutdown.txt", std::ios::app) << text << '\n';
    int code = 0;
    std::ifstream("C:\\shutdown-exit.txt") >> code;
    return code;
}
