/*
 * One cell of CSV (RFC 4180).
 */
#ifndef CLI_CSV_H
#define CLI_CSV_H

#include <stdio.h>

/* Quoted where it must be; otherwise as it is. */
void cli_csv_cell(FILE *stream, const char *text);

#endif
