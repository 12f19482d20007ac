/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Landlock, seccomp and capabilities, by bare system calls: a library for any would cost
 * more at the start of the program than it does. */
#include "sandbox.h"

#ifdef ENABLE_SANDBOX

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <linux/capability.h>

#include "sandbox_calls.h"

/* ---- Landlock. Headers may be older than kernels, so the numbers are here. */

enum { FS_EXECUTE = 1 << 0, FS_WRITE_FILE = 1 << 1, FS_TRUNCATE = 1 << 14 };

/* To remove files and folders, and to make them, of all kinds. */
#define FS_MAKE_AND_REMOVE 0x1ff0

#define FS_REFER (1 << 13)

struct ruleset {
    uint64_t fs;     /* what is refused of files: all that has no rule */
    uint64_t net;    /* to bind and to connect by TCP */
    uint64_t scoped; /* sockets without a file, and signals, of others */
};

static unsigned restrict_files(void)
{
#ifdef SYS_landlock_create_ruleset
    struct ruleset rules = {FS_EXECUTE | FS_MAKE_AND_REMOVE | FS_WRITE_FILE, 0, 0};
    size_t size = sizeof rules.fs;
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, 1), fd;
    unsigned done = 0;

    if (version < 1)
        return 0;
    if (version >= 2)
        rules.fs |= FS_REFER;
    if (version >= 3)
        rules.fs |= FS_TRUNCATE;
    if (version >= 4) {
        rules.net = 3;
        size = offsetof(struct ruleset, scoped);
    }
    if (version >= 6) {
        rules.scoped = 3;
        size = sizeof rules;
    }
    fd = syscall(SYS_landlock_create_ruleset, &rules, size, 0);
    if (fd < 0)
        return 0;
    if (syscall(SYS_landlock_restrict_self, (int)fd, 0) == 0)
        done = SANDBOX_FILES | (version >= 4 ? SANDBOX_TCP : 0);
    close((int)fd);
    return done;
#else
    return 0;
#endif
}

/* ---- Capabilities, of which root has all. */

/* What it takes to read what the user can read. The other one allows to write, too: it
 * is left only to who can read by nothing else, as root in many containers. */
static unsigned restrict_capabilities(void)
{
    const uint32_t reads = 1U << CAP_DAC_READ_SEARCH, overrides = 1U << CAP_DAC_OVERRIDE;
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct sets[_LINUX_CAPABILITY_U32S_3];
    uint32_t kept;

    if (syscall(SYS_capget, &header, sets) != 0)
        return 0;
    kept = sets[0].effective & reads ? reads : sets[0].effective & overrides;
    memset(sets, 0, sizeof sets);
    sets[0].effective = sets[0].permitted = kept;
    return syscall(SYS_capset, &header, sets) == 0 ? SANDBOX_CAPABILITIES : 0;
}

unsigned sandbox_enter_without_calls(void)
{
    unsigned done;

    /* The others ask for it, of a process that is not root's. */
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return 0;
    done = restrict_capabilities();
    return done | restrict_files();
}

/* Last, since the others are calls. */
unsigned sandbox_enter(void)
{
    unsigned done = sandbox_enter_without_calls();

    return done | sandbox_restrict_calls();
}

#else

unsigned sandbox_enter_without_calls(void)
{
    return 0;
}

unsigned sandbox_enter(void)
{
    return 0;
}

#endif
