/* The engine as a WebAssembly module: the commands that change nothing, on files that the host gives.
 *
 * One request after the other, from one thread. The host gives files, then calls schancfg_run with a request, and takes what was printed. All texts are
 * UTF-8. The module needs the functions of wasi_snapshot_preview1 (clock, random bytes; it opens nothing), and schancfg.progress(text, size), which it
 * calls when something begins that can take long.
 *
 * Memory is limited by the linker (CMakeLists.txt). Where it is exhausted, and where the engine is wrong, a call ends in a trap. The instance is lost
 * then and must not be called again; a new one knows nothing, and is given the files again. Files are the host's: the module changes none of them. */
#ifndef SCHANCFG_PAGE_ENGINE_H
#define SCHANCFG_PAGE_ENGINE_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Memory for a text or file to be given; freed by schancfg_release. */
char* schancfg_reserve(size_t size);
void schancfg_release(char* memory);

/* A file that is there from now on, by its name: "export.reg", "/folder/scan.xml". */
void schancfg_give_file(const char* name, size_t name_size, const char* bytes, size_t size);
/* Such a file, whose bytes the host writes to what is returned before it calls anything else: a large one is copied once. */
char* schancfg_make_file(const char* name, size_t name_size, size_t size);
/* A large registry export in parts, of which is kept what the commands read of a state; all that they say of it is the same. Begin it, and say into how many slices
 * it is cut, each begun at an even place; for each part of a slice, in their order, write its bytes to the room and say that they are there; end it, and it is a file
 * of that name. 0: it can't be done so (codec::RegSieve), nothing is kept, and the host gives the file whole. */
void schancfg_begin_export(size_t slices);
char* schancfg_export_room(size_t slice, size_t size);
int schancfg_take_export(size_t slice, size_t size);
int schancfg_end_export(const char* name, size_t name_size);
void schancfg_give_folder(const char* name, size_t name_size);
/* All files and folders go. */
void schancfg_forget_files(void);

/* Runs a command. The request is JSON:
 *   {"command": "diff", "operands": ["strict"], "options": {"target": ["reg:export.reg"], "format": ["json"]}, "folder": "", "input": ""}
 * options: by their names, each with its values, a switch with one that is empty. folder: where relative names lie, empty: names are what they are.
 * input: standard input. All but command may be left out.
 * The answer is the exit code that the program would end with: 0 or 1 an answer, 2 a mistake in what was asked or read, 3 what can't be done.
 * Commands: status, diff, show, lint, doctor, explain, export, profiles, releases, version, help; and apply, which changes no target here, but writes to
 * "output" (a name without an ending) what the target would hold then, as a .reg file that speaks for as much as the target does. */
int schancfg_run(const char* request, size_t size);

enum schancfg_stream { SCHANCFG_OUTPUT = 1, SCHANCFG_ERROR = 2 };
/* What the last run printed; valid until the next call but these. */
const char* schancfg_printed(int stream);
size_t schancfg_printed_size(int stream);

/* A file that a run wrote (--output, --fix-out, --save): it is taken and no longer there. 0: there is none of that name. */
int schancfg_take_file(const char* name, size_t name_size);
/* What the last one that was taken holds; valid until the next call but these. */
const char* schancfg_taken(void);
size_t schancfg_taken_size(void);

#ifdef __cplusplus
}
#endif

#endif
