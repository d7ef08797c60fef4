# A text file as an array of bytes: cmake -D FROM= -D TO= -D NAME= -P this
file(READ ${FROM} bytes HEX)
string(LENGTH "${bytes}" size)
math(EXPR size "${size} / 2")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
string(REGEX REPLACE "(0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,)" "\\1\n"
	bytes "${bytes}")
file(WRITE ${TO} "#include <stddef.h>\n
extern const unsigned char ${NAME}[];
extern const size_t ${NAME}_size;
const unsigned char ${NAME}[] = {\n${bytes}0 };
const size_t ${NAME}_size = ${size};\n")
