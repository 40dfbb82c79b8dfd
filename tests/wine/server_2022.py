"""Wine calls itself Windows 7, which knows little of what profiles ask for."""

KEY = r"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion"


def be_server_2022(run):
    """Makes a registry that of a Server 2022; `run` runs a program of Windows, word by word."""
    for name, data in ("CurrentBuildNumber", "20348"), ("InstallationType", "Server"), ("ProductName", "Windows Server 2022 Standard"):
        run("reg", "add", KEY, "/v", name, "/t", "REG_SZ", "/d", data, "/f")
