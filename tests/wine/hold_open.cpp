// hold_open FILE...: has these open, and shares them with nobody, until its standard input ends: what Windows does with the hives that it runs on. Says so when
// it has them.
#include <windows.h>

#include <cstdio>

int wmain(int count, wchar_t** words) {
    for (int i = 1; i < count; ++i) {
        if (CreateFileW(words[i], GENERIC_READ | GENERIC_WRITE, 0, nullptr, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr) == INVALID_HANDLE_VALUE) {
            std::fprintf(stderr, "%ls: %lu\n", words[i], GetLastError());
            return 1;
        }
    }
    std::puts("held");
    std::fflush(stdout);
    while (std::getchar() != EOF) {
    }
    return 0;
}
