/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OS_GUARD_H
#define MMV_OS_GUARD_H

#include "os/map.h"

/* Maps that outlive what they map. While a map is guarded an access to a page that its
 * file no longer has finds zeros there, in whichever thread, and the map has lost bytes
 * from then on. Every begin takes an end, and the map is held in between. */

/* MMVIEW_ETRUNCATED if it has lost bytes before. */
int mmv_guard_begin(struct mmv_map *map, struct mmview_error *err);
void mmv_guard_end(struct mmv_map *map);

/* What was lost so far: MMVIEW_OK or MMVIEW_ETRUNCATED. */
int mmv_guard_check(struct mmv_map *map, struct mmview_error *err);

/* Asks the file system, too, whether a guarded map's file has all bytes before `end`:
 * those of a page that is still there are zeros without a signal. Without a descriptor
 * only a file that has had its path since the guard began can be asked about. */
void mmv_guard_look(struct mmv_map *map, uint64_t end);

#endif
