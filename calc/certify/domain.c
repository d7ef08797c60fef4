/*
 * What an input of a table may be: by the definition of the input data or
 * decision that it names, else by the values of its column, else by the type
 * of its expression. A number is an integer when the vocabulary of records
 * says so of the input data, or when it is a count(...).
 */
#include "certify/models.h"

#include <string.h>

/* A type as far as it matters here. */
struct kind {
	enum unary_type type;
	const struct xml_element *allowed; /* its <allowedValues>, or NULL */
};

static enum unary_type builtin_of(const char *name)
{
	static const struct {
		const char *name;
		enum unary_type type;
	} builtins[] = { { "boolean", UNARY_BOOLEAN },
		{ "number", UNARY_NUMBER }, { "string", UNARY_STRING },
		{ "date", UNARY_DATE }, { "Any", UNARY_NONE } };

	for (size_t i = 0; i < sizeof(builtins) / sizeof(builtins[0]); i++)
		if (strcmp(builtins[i].name, name) == 0)
			return builtins[i].type;
	return UNARY_OTHER;
}

static const struct xml_element *named(const struct xml_element *root,
	const char *element, const char *name, size_t size)
{
	const struct xml_element *xml = xml_child(root, element);

	for (; xml; xml = xml_sibling(xml, element)) {
		const char *called = xml_attribute(xml, "name");

		if (called && strlen(called) == size &&
			memcmp(called, name, size) == 0)
			return xml;
	}
	return NULL;
}

/* The file that an import of `file` is, or NULL. */
static const struct models_file *imported(const struct models *models,
	const struct models_file *file, const struct xml_element *import)
{
	const char *uri = xml_attribute(import, "locationURI");

	for (size_t i = 0; i < models->file_count && uri; i++) {
		const char *slash = strrchr(models->files[i].name, '/');

		if (strcmp(models->files[i].revision, file->revision) == 0 &&
			slash && strcmp(slash + 1, uri) == 0)
			return &models->files[i];
	}
	return NULL;
}

/* The definition that `name` means in `*file`, which becomes its file. */
static const struct xml_element *definition_of(const struct models *models,
	const struct models_file **file, const char *name)
{
	const struct xml_element *found =
		named((*file)->root, "itemDefinition", name, strlen(name));
	const char *dot = strchr(name, '.');
	const struct xml_element *import;

	if (found || !dot)
		return found;
	import = named((*file)->root, "import", name, (size_t)(dot - name));
	if (!import)
		return NULL;
	*file = imported(models, *file, import);
	return *file ? named((*file)->root, "itemDefinition", dot + 1,
			       strlen(dot + 1))
		     : NULL;
}

/* Follow a typeRef to the built-in type at its end. */
static struct kind kind_of(const struct models *models,
	const struct models_file *file, const char *name)
{
	struct kind kind = { UNARY_NONE, NULL };

	for (int i = 0; name && i < MODELS_CHAIN_MAX; i++) {
		const struct xml_element *xml =
			definition_of(models, &file, name);
		const struct xml_element *ref;
		const char *list;

		if (!xml) {
			kind.type = file ? builtin_of(name) : UNARY_OTHER;
			return kind;
		}
		list = xml_attribute(xml, "isCollection");
		ref = xml_child(xml, "typeRef");
		if (!ref || (list && strcmp(list, "true") == 0))
			return (struct kind){ UNARY_OTHER, NULL };
		if (!kind.allowed)
			kind.allowed = xml_child(xml, "allowedValues");
		name = ref->text;
	}
	if (name)
		kind.type = UNARY_OTHER;
	return kind;
}

static bool is_identifier(struct text text)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";

	for (size_t i = 0; i < text.size; i++)
		if (!memchr(letters, text.data[i], sizeof(letters) - 1))
			return false;
	return text.size > 0;
}

/* count( ... ) and nothing behind it. */
static bool is_count(const struct models_file *file, struct text text)
{
	static const char *const elements[] = { "inputData", "decision",
		"businessKnowledgeModel", "decisionService" };
	int depth = 0;
	bool word = false;
	size_t at = 5;

	if (text.size < 7 || memcmp(text.data, "count", 5) != 0)
		return false;
	at += text.data[at] == ' ';
	if (text.data[at] != '(')
		return false;
	for (size_t i = 0; i < sizeof(elements) / sizeof(elements[0]); i++)
		if (named(file->root, elements[i], "count", 5))
			return false;
	for (; at < text.size; at++) {
		char byte = text.data[at];

		if (byte == '\\' && word)
			at++;
		else if (byte == '"')
			word = !word;
		else if (!word && byte == '(')
			depth++;
		else if (!word && byte == ')' && --depth == 0)
			return at + 1 == text.size;
	}
	return false;
}

/* Is a field of records of that name an integer? */
static bool is_integer_field(const struct models *models, struct text name)
{
	const struct xml_element *group = xml_child(models->fields, "group");

	for (; group; group = xml_sibling(group, "group")) {
		const struct xml_element *field =
			named(group, "field", name.data, name.size);
		const char *type = field ? xml_attribute(field, "type") : NULL;

		if (type)
			return strcmp(type, "int") == 0;
	}
	return false;
}

/* Is there anything in the <text> of an element but a dash? */
static bool says(const struct xml_element *xml)
{
	const struct xml_element *text = xml ? xml_child(xml, "text") : NULL;
	const char *at = text ? text->text + strspn(text->text, " \t\r\n") : "";

	return at[0] && (at[0] != '-' || at[1 + strspn(at + 1, " \t\r\n")]);
}

bool models_read_domain(struct models *models, const struct models_file *file,
	const struct xml_element *input, struct models_column *out,
	const char **why)
{
	const struct xml_element *expression =
		xml_child(input, "inputExpression");
	const struct xml_element *own = xml_child(input, "inputValues");
	const struct xml_element *data = NULL, *decision = NULL, *variable;
	struct kind of = { UNARY_NONE, NULL };
	struct kind said;
	const struct xml_element *text;

	out->expression = models_text(models, expression);
	out->domain.dash = true;
	if (!expression) {
		*why = "an input without expression";
		return false;
	}
	said = kind_of(models, file, xml_attribute(expression, "typeRef"));
	if (is_identifier(out->expression)) {
		data = named(file->root, "inputData", out->expression.data,
			out->expression.size);
		decision = named(file->root, "decision", out->expression.data,
			out->expression.size);
		variable = data || decision ? xml_child(data ? data : decision,
						      "variable")
					    : NULL;
		if (variable)
			of = kind_of(models, file,
				xml_attribute(variable, "typeRef"));
	}
	out->type = of.type != UNARY_NONE ? of.type : said.type;
	out->whole = data ? is_integer_field(models, out->expression)
			  : is_count(file, out->expression);
	if (out->whole && out->type == UNARY_NONE)
		out->type = UNARY_NUMBER;
	out->whole = out->whole && out->type == UNARY_NUMBER;
	if (!of.allowed)
		of.allowed = says(own) ? own : said.allowed;
	text = of.allowed ? xml_child(of.allowed, "text") : NULL;
	return !text || unary_read_all(&models->arena, text_of(text->text),
				&out->domain, why);
}
