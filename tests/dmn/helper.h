/*
 * Models for tests: written in pieces, saved into a folder of the test, loaded
 * and evaluated. Every function fails the test when it cannot do its job.
 */
#ifndef TESTS_DMN_HELPER_H
#define TESTS_DMN_HELPER_H

#include "dmn/evaluator.h"
#include "dmn/graph.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

#define MODEL_SPACE "https://www.omg.org/spec/DMN/20191111/MODEL/"

/* The head is the first line of a file: what follows begins on line 2. */
#define HEAD_OF(name)                                                          \
	"<definitions xmlns=\"" MODEL_SPACE "\" "                              \
	"xmlns:shk=\"urn:shokan:dmn:1\" name=\"" name "\" "                    \
	"namespace=\"urn:" name "\">\n"
#define HEAD HEAD_OF("m")
#define TAIL "</definitions>\n"

#define INPUT(name, type)                                                      \
	"<inputData id=\"i_" name "\" name=\"" name                            \
	"\"><variable name=\"" name "\" typeRef=\"" type "\"/></inputData>\n"
#define TYPE(name, of, allowed)                                                \
	"<itemDefinition name=\"" name "\"><typeRef>" of                       \
	"</typeRef><allowedValues><text>" allowed                              \
	"</text></allowedValues></itemDefinition>\n"
#define NEEDS_INPUT(name)                                                      \
	"<informationRequirement><requiredInput href=\"#i_" name "\"/>"        \
	"</informationRequirement>"
#define NEEDS(name)                                                            \
	"<informationRequirement><requiredDecision href=\"#d_" name "\"/>"     \
	"</informationRequirement>"
#define NEEDS_KNOWLEDGE(name)                                                  \
	"<knowledgeRequirement><requiredKnowledge href=\"#k_" name "\"/>"      \
	"</knowledgeRequirement>"
#define DECISION(name, type, needs, logic)                                     \
	"<decision id=\"d_" name "\" name=\"" name "\"><variable name=\"" name \
	"\" typeRef=\"" type "\"/>" needs logic "</decision>\n"
#define KNOWLEDGE(name, parameters, logic)                                     \
	"<businessKnowledgeModel id=\"k_" name "\" name=\"" name               \
	"\"><encapsulatedLogic>" parameters logic                              \
	"</encapsulatedLogic></businessKnowledgeModel>\n"
#define PARAMETER(name) "<formalParameter name=\"" name "\"/>"
#define LITERAL(feel)                                                          \
	"<literalExpression><text>" feel "</text></literalExpression>"
#define CITE(source, evidence)                                                 \
	"<extensionElements><shk:cite source=\"" source                        \
	"\" place=\"L1\" evidence=\"" evidence "\"/></extensionElements>"
#define INPUT_COLUMN(feel)                                                     \
	"<input><inputExpression><text>" feel                                  \
	"</text></inputExpression></input>"
#define IN(feel)  "<inputEntry><text>" feel "</text></inputEntry>"
#define OUT(feel) "<outputEntry><text>" feel "</text></outputEntry>"

/* A new folder for this test's files; removed by folder_close. */
void folder_open(void);
void folder_close(void);
/* Path of a file in the folder; lives until folder_close. */
const char *folder_path(const char *name);
const char *folder_write(const char *name, const char *text);

/* Load models that must load. */
struct dmn_graph *load_files(const char *const *paths, size_t count);
/* Save as m.dmn and load. */
struct dmn_graph *load_text(const char *text);
/* Save as m.dmn; it must be refused. */
void refuse_text(const char *text, shk_diag *diag);

unsigned slot_of(const struct dmn_graph *graph, const char *name);
/* FEEL text of a decision's value; lives until the next call. */
const char *value_text(struct dmn_evaluator *evaluator,
	const struct dmn_graph *graph, const char *name);
const char *printed(const struct feel_value *value);
struct feel_value number(const char *text);
void give(struct dmn_evaluator *evaluator, const struct dmn_graph *graph,
	const char *name, struct feel_value value);
struct dmn_evaluator *evaluator_of(const struct dmn_graph *graph);

#endif
