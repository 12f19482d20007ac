/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* numpy.dtype(str) of several types, and of counts of them: "i4,(2,3)f8". What
 * is accepted and refused is what NumPy 1.24 accepts and refuses. */
#include "from_string.h"

static const struct {
    const char *text;
    const char *shown; /* as show_dtype() writes it */
} accepted[] = {
    /* Several types. */
    {"i4,f8", "[('f0', '" OWN "i4'), ('f1', '" OWN "f8')]"},
    {"i4, f8", "[('f0', '" OWN "i4'), ('f1', '" OWN "f8')]"},
    {"i4 \t,\t f8", "[('f0', '" OWN "i4'), ('f1', '" OWN "f8')]"},
    {"i4,f8,", "[('f0', '" OWN "i4'), ('f1', '" OWN "f8')]"},
    {"?\xc2\xa0,\xe3\x80\x80?\xe2\x81\x9f,\xe2\x80\x8a?\xc2\x85,\x1c?",
     "[('f0', '|b1'), ('f1', '|b1'), ('f2', '|b1'), ('f3', '|b1')]"}, /* Unicode's blanks */
    {"i4,", "'" OWN "i4'"},
    {OWN "i4," OTHER "f8", "[('f0', '" OWN "i4'), ('f1', '" OTHER "f8')]"},
    {"S5,?,V0", "[('f0', '|S5'), ('f1', '|b1'), ('f2', '|V0')]"},
    {"int32,float64,bytes", "[('f0', '" OWN "i4'), ('f1', '" OWN "f8'), ('f2', '|S0')]"},
    {"M8[ns],m8", "[('f0', '" OWN "M8[ns]'), ('f1', '" OWN "m8')]"},

    /* Counts. */
    {"2i4", "'" OWN "i4' (2,)"},
    {"2 i4", "'" OWN "i4' (2,)"},
    {"0i4", "'" OWN "i4' (0,)"},
    {"1i4", "'" OWN "i4'"},
    {"(1,)i4", "'" OWN "i4' (1,)"},
    {"(2,)i4", "'" OWN "i4' (2,)"},
    {"(2,3)i4", "'" OWN "i4' (2, 3)"},
    {"(2,3,)i4", "'" OWN "i4' (2, 3)"},
    {" ( 2 , 3 ) i4,", "'" OWN "i4' (2, 3)"},
    {"()i4", "'" OWN "i4'"},
    {"3,i4", "'" OWN "i4' (3,)"},
    {"2,3i4", "'" OWN "i4' (2, 3)"},
    {"2S5", "'|S5' (2,)"},
    {"2S", "'|S2'"},
    {"2U", "'" OWN "U2'"},
    {"3c", "'|S1' (3,)"},
    {"2M8[25s]", "'" OWN "M8[25s]' (2,)"},
    {"2int32", "'" OWN "i4' (2,)"},
    {"(2,)3i4", "'" OWN "i4' (3,) (2,)"},
    {"(1,)" OTHER "2i4", "'" OTHER "i4' (2,) (1,)"},
    {OTHER "2i4", "'" OTHER "i4' (2,)"},
    {"2" OTHER "i4", "'" OTHER "i4' (2,)"},
    {OTHER "2" OTHER "i4", "'" OTHER "i4' (2,)"},
    {OWN "2=i4", "'" OWN "i4' (2,)"},
    {"=2" OWN "i4", "'" OWN "i4' (2,)"},
    {"2i4,(2,3)S1,f8", "[('f0', '" OWN "i4', (2,)), ('f1', '|S1', (2, 3)), ('f2', '" OWN "f8')]"},

    /* A last item that is but the machine's order. */
    {"i4," OWN, "[('f0', '" OWN "i4')]"},
    {"i4, |", "[('f0', '" OWN "i4')]"},
    {"?,2S,==", "[('f0', '|b1'), ('f1', '|S2')]"},
};

START_TEST(accepts)
{
    check_accepted(accepted[_i].text, accepted[_i].shown);
}
END_TEST

/* What is refused, and the byte that is told: where the item's type starts, or
 * what can not be its repeats. */
static const struct {
    const char *text;
    size_t at;
} refused[] = {
    {",", 1},          {",i4", 0},       {"i4,,f8", 3},   {"x,i4", 0},     {"i4,x", 3},
    {"i4,f8,x", 6},    {"i4;f8", 0},     {"i4 f8", 0},    {"i4,f8 x", 0},  {"2", 1},
    {"3,", 2},         {"(2,3)", 5},     {"i4,3", 4},     {"2i4,2", 5},    {"2(3,)i4", 0},
    {"(2,)(3,)i4", 0}, {"(2)i4x", 0},    {"i4,(2i4", 5},  {"2)i4", 1},     {"(2,3i4", 4},
    {"(2,,3)i4", 3},   {"(-1,)i4", 0},   {"-1i4", 0},     {"i4,-1i4", 0},  {"+1i4", 0},
    {"2+i4", 0},       {"1_0i4", 0},     {"0x2i4", 1},    {"02i4", 0},     {"2.0i4", 1},
    {"(2.0,)i4", 2},   {"(True,)i4", 1}, {"i4[2],i4", 0}, {"M8[2,s]", 0},  {"M8[s],M8[x]", 6},
    {"<2>i4", 3},      {">2<i4", 3},     {"|2>i4", 3},    {"i4,<2>i4", 6}, {"(2,)S", 0},
    {"i4,(2,)U", 3},   {"i4," OTHER, 4}, {"i4,2=", 5},    {"(2,)<3x", 6},  {"?\xc2\xa0,x", 3},
};

START_TEST(refuses)
{
    check_refused(refused[_i].text, refused[_i].at);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_loop_test(tcase, accepts, 0, COUNT(accepted));
    tcase_add_loop_test(tcase, refuses, 0, COUNT(refused));
}

int main(void)
{
    return run_suite("dtype_comma", add_tests);
}
