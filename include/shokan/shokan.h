/*
 * shokan: what Japan's health insurance pays for a medical device, under which
 * rule, as of which day, with the proof. This header is the whole promise.
 */
#ifndef SHOKAN_SHOKAN_H
#define SHOKAN_SHOKAN_H

#include <shokan/allocator.h>
#include <shokan/ask.h>
#include <shokan/check.h>
#include <shokan/compare.h>
#include <shokan/diag.h>
#include <shokan/diff.h>
#include <shokan/dmn.h>
#include <shokan/edges.h>
#include <shokan/flow.h>
#include <shokan/form.h>
#include <shokan/hash.h>
#include <shokan/master.h>
#include <shokan/price.h>
#include <shokan/price_changes.h>
#include <shokan/prices.h>
#include <shokan/proof.h>
#include <shokan/quotes.h>
#include <shokan/receipt.h>
#include <shokan/record.h>
#include <shokan/report.h>
#include <shokan/rule_page.h>
#include <shokan/rulebook.h>
#include <shokan/sink.h>
#include <shokan/snapshot.h>
#include <shokan/solve.h>
#include <shokan/store.h>
#include <shokan/sweep.h>
#include <shokan/version.h>

#endif
