/*
 * The proof tree of one result: the steps of its trace, drawn by depth.
 */
#ifndef REPORT_PROOF_H
#define REPORT_PROOF_H

#include "report/writer.h"

#define PROOF_DEPTH_MAX 20 /* levels drawn; deeper steps stay at this one */

void report_proof(struct shk_report *report, const shk_result *result);

#endif
