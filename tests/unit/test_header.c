/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* The text of an .npy header: keys, shape, descr, limits, and which check comes
 * first. */
#include "format/header.h"

#include <string.h>

#include <mmview/dtype.h>

#include "../suite.h"
#include "../words.h"
#include "base/strbuf.h"

#define NO_LIMIT UINT64_MAX

/* mmv_header_read() of bytes that end where their memory does. */
static int read_text(int version, const char *text, size_t length, uint64_t max_header,
                     struct mmv_header *out, struct mmview_error *err)
{
    struct mmv_preamble p = {version, version == 0x100 ? 10 : 12, (uint32_t)length};
    char *copy = malloc(length ? length : 1);
    int rc;

    ck_assert_ptr_nonnull(copy);
    memcpy(copy, text, length);
    rc = mmv_header_read(&p, copy, max_header, out, err);
    free(copy); /* nothing of the header points into its text */
    return rc;
}

/* "descr shape order", as Python shows them. */
static void show_header(const struct mmv_header *header, char *text, size_t size)
{
    struct mmv_strbuf buf = mmv_strbuf_init(text, size);

    buf.length = mmview_dtype_descr(header->dtype, text, size);
    mmv_strbuf_str(&buf, " (");
    for (int i = 0; i < header->ndim; i++) {
        mmv_strbuf_int(&buf, header->shape[i]);
        mmv_strbuf_str(&buf, header->ndim == 1 ? "," : i < header->ndim - 1 ? ", " : "");
    }
    mmv_strbuf_str(&buf, header->order == MMVIEW_ORDER_F ? ") F" : ") C");
    ck_assert_uint_lt(mmv_strbuf_end(&buf), size);
}

struct accepted {
    int version;
    const char *text;
    const char *shown;
};

#define I1(shape)    "{'descr': '|i1', 'fortran_order': False, 'shape': " shape ", }\n"
#define DESCR(descr) "{'descr': " descr ", 'fortran_order': False, 'shape': (2, 3), }\n"

static const struct accepted accepted[] = {
    {0x100, I1("(3, 4)"), "'|i1' (3, 4) C"},
    {0x200, I1("(3, 4)"), "'|i1' (3, 4) C"},
    {0x300, I1("(3, 4)"), "'|i1' (3, 4) C"},
    {0x100, "{'descr': '|i1', 'fortran_order': True, 'shape': (3, 4), }\n", "'|i1' (3, 4) F"},

    /* Any spelling of the dict. */
    {0x100, "{\"shape\":(3,),\"descr\":\"|i1\",\"fortran_order\":True}", "'|i1' (3,) F"},
    {0x300, "  { 'des' 'cr':'|' 'i1',\n#c\n'fortran_order':(False),'shape':(3,) }  \r\n",
     "'|i1' (3,) C"},
    {0x100,
     "{'shape':0,'descr':[],'shape':(3,),'fortran_order':1,'fortran_order':True,"
     "'descr':'|i1'}",
     "'|i1' (3,) F"}, /* the last of a key counts */
    {0x300, "{u'descr':'|i1',r'fortran_order':False,'sh\\x61pe':()}", "'|i1' () C"},

    /* Shapes. */
    {0x100, I1("()"), "'|i1' () C"},
    {0x100, I1("(0,)"), "'|i1' (0,) C"},
    {0x100, I1("(-0, +2, 0x10, 0b10, 1_000, 00)"), "'|i1' (0, 2, 16, 2, 1000, 0) C"},
    {0x100, I1("(2L, 3 L)"), "'|i1' (2, 3) C"},
    {0x200, I1("(2L,)"), "'|i1' (2,) C"},
    {0x100, I1("(" MOST ",)"), "'|i1' (" MOST ",) C"},
    {0x100, I1("(0, " MOST ", " MOST ")"),
     "'|i1' (0, " MOST ", " MOST ") C"}, /* what fits is the layout's */

    /* A sub-array is more dimensions. */
    {0x100, DESCR("('|i1', (4, 5))"), "'|i1' (2, 3, 4, 5) C"},
    {0x100, DESCR("('|i1', 4)"), "'|i1' (2, 3, 4) C"},
    {0x100, DESCR("(('|i1', (4,)), (5, 6))"), "'|i1' (2, 3, 5, 6, 4) C"},
    {0x100, DESCR("([('a', '|i1')], (4,))"), "[('a', '|i1')] (2, 3, 4) C"},
    {0x100, "{'descr': ('|i1', (4, 5)), 'fortran_order': True, 'shape': ()}", "'|i1' (4, 5) F"},

    /* Structs, and the characters of their names. */
    {0x100, DESCR("[('a', '|i1'), ('', '|V3'), ('b', '|S2', (2,))]"),
     "[('a', '|i1'), ('', '|V3'), ('b', '|S2', (2,))] (2, 3) C"},
    {0x100, DESCR("[('\xe9', '|i1')]"), "[('\xc3\xa9', '|i1')] (2, 3) C"},
    {0x200, DESCR("[('\xc3\xa9', '|i1')]"), "[('\xc3\x83\xc2\xa9', '|i1')] (2, 3) C"},
    {0x300, DESCR("[('\xc3\xa9', '|i1')]"), "[('\xc3\xa9', '|i1')] (2, 3) C"},
    {0x100, DESCR("[('\\u65e5', '|i1')]"), "[('\xe6\x97\xa5', '|i1')] (2, 3) C"},
    {0x300, DESCR("[('\xf0\x9f\x98\x80', '|i1')]"), "[('\xf0\x9f\x98\x80', '|i1')] (2, 3) C"},
    {0x100, DESCR("[]"), "[] (2, 3) C"},
};

START_TEST(accepts)
{
    const struct accepted *c = &accepted[_i];
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmv_header header;
    char shown[200];

    ck_assert_msg(read_text(c->version, c->text, strlen(c->text), NO_LIMIT, &header, &err) ==
                      MMVIEW_OK,
                  "%s: %s", c->text, err.message);
    ck_assert_int_eq(err.status, MMVIEW_OK);
    show_header(&header, shown, sizeof shown);
    ck_assert_str_eq(shown, c->shown);
    mmview_dtype_unref(header.dtype);
}
END_TEST

struct refused {
    int version;
    const char *text;
    int status;
    size_t at; /* in text */
};

static const struct refused refused[] = {
    /* Not a literal. */
    {0x100, "", MMVIEW_EHEADER, 0},
    {0x100, "   \n", MMVIEW_EHEADER, 4},
    {0x100, "{'descr': '|i1', 'fortran_order': False, 'shape': (3,)", MMVIEW_EHEADER, 54},
    {0x100, I1("(3,) junk"), MMVIEW_EHEADER, 55},
    {0x100, I1("(02,)"), MMVIEW_EHEADER, 51},
    {0x300, I1("(2L,)"), MMVIEW_EHEADER, 52},
    {0x100, "{'\xe9': b'\xe9'}", MMVIEW_EHEADER, 8},

    /* Version 3.0 is UTF-8, and strict. */
    {0x300, "{'\xff': 1}", MMVIEW_EHEADER, 2},
    {0x300, "{} #\xed\xa0\x80", MMVIEW_EHEADER, 4},
    {0x300, "{} #\xc0\x80", MMVIEW_EHEADER, 4},
    {0x300, "{} #\xc3", MMVIEW_EHEADER, 4},

    /* Not a dict. */
    {0x100, "[]", MMVIEW_EHEADER, 0},
    {0x100, "'descr'", MMVIEW_EHEADER, 0},
    {0x100, "{'descr', 'fortran_order', 'shape'}", MMVIEW_EHEADER, 0},
    {0x100, "None", MMVIEW_EHEADER, 0},

    /* Not the three keys. */
    {0x100, "{}", MMVIEW_EHEADER, 0},
    {0x100, "{'fortran_order': False, 'shape': (3,)}", MMVIEW_EHEADER, 0},
    {0x100, "{'descr': '|i1', 'shape': (3,)}", MMVIEW_EHEADER, 0},
    {0x100, "{'descr': '|i1', 'fortran_order': False}", MMVIEW_EHEADER, 0},
    {0x100, "{'x': 1, 'descr': '|i1', 'fortran_order': False, 'shape': ()}", MMVIEW_EHEADER, 1},
    {0x100, "{'descr': '|i1', 'fortran_order': False, 'shape': (), 1: 2}", MMVIEW_EHEADER, 54},
    {0x100, "{'descr': '|i1', 'fortran_order': False, 'shape': (), b'shape': ()}", MMVIEW_EHEADER,
     54},
    {0x100, "{'Descr': '|i1', 'fortran_order': False, 'shape': ()}", MMVIEW_EHEADER, 1},
    {0x100, "{'descr\\0': '|i1', 'fortran_order': False, 'shape': ()}", MMVIEW_EHEADER, 1},

    /* Shapes. */
    {0x100, I1("[3]"), MMVIEW_ESHAPE, 50},
    {0x100, I1("3"), MMVIEW_ESHAPE, 50},
    {0x100, I1("(3)"), MMVIEW_ESHAPE, 51},
    {0x100, I1("None"), MMVIEW_ESHAPE, 50},
    {0x100, I1("'3'"), MMVIEW_ESHAPE, 50},
    {0x100, I1("(3, 2.0)"), MMVIEW_ESHAPE, 54},
    {0x100, I1("(3, '2')"), MMVIEW_ESHAPE, 54},
    {0x100, I1("(3, True)"), MMVIEW_ESHAPE, 54},
    {0x100, I1("(3, None)"), MMVIEW_ESHAPE, 54},
    {0x100, I1("(3, (2,))"), MMVIEW_ESHAPE, 54},
    {0x100, I1("(3, -1)"), MMVIEW_ESHAPE, 54},
    {0x100, I1("(-9223372036854775808,)"), MMVIEW_ESHAPE, 51},
    {0x100, I1("(9223372036854775808,)"), MMVIEW_ESHAPE, 51},
    {0x100, I1("(18446744073709551616,)"), MMVIEW_ESHAPE, 51},
    {0x100, I1("(0, 0x1_0000_0000_0000_0000_0000)"), MMVIEW_ESHAPE, 54},

    /* fortran_order. */
    {0x100, "{'descr': '|i1', 'fortran_order': 0, 'shape': ()}", MMVIEW_EHEADER, 34},
    {0x100, "{'descr': '|i1', 'fortran_order': 1, 'shape': ()}", MMVIEW_EHEADER, 34},
    {0x100, "{'descr': '|i1', 'fortran_order': None, 'shape': ()}", MMVIEW_EHEADER, 34},
    {0x100, "{'descr': '|i1', 'fortran_order': 'False', 'shape': ()}", MMVIEW_EHEADER, 34},

    /* descr. */
    {0x100, DESCR("'x9'"), MMVIEW_EDESCR, 10},
    {0x100, DESCR("None"), MMVIEW_EDESCR, 10},
    {0x100, DESCR("b'|i1'"), MMVIEW_EDESCR, 10},
    {0x100, DESCR("4"), MMVIEW_EDESCR, 10},
    {0x100, DESCR("[('a', '|i1'), ('b', 'x9')]"), MMVIEW_EDESCR, 31},
    {0x100, DESCR("{'names': ['a'], 'formats': ['|i1']}"), MMVIEW_EUNSUPPORTED, 10},
    {0x100, DESCR("'<M8[D/0]'"), MMVIEW_EUNSUPPORTED, 10},

    /* Objects, wherever they are. */
    {0x100, DESCR("'|O'"), MMVIEW_EOBJECT, 10},
    {0x100, DESCR("'O'"), MMVIEW_EOBJECT, 10},
    {0x100, DESCR("'object'"), MMVIEW_EOBJECT, 10},
    {0x100, DESCR("('|O', (2,))"), MMVIEW_EOBJECT, 10},
    {0x100, DESCR("('|O', (0,))"), MMVIEW_EOBJECT, 10},
    {0x100, DESCR("[('a', '|i1'), ('b', [('c', '|O8')])]"), MMVIEW_EOBJECT, 10},
    {0x100, DESCR("[('a', [('c', ('|O', 2))], (3,))]"), MMVIEW_EOBJECT, 10},

    /* The first that is wrong is told: keys, shape, fortran_order, descr, objects. */
    {0x100, "{'descr': 'x9', 'fortran_order': 1, 'shape': 3, 'x': 1}", MMVIEW_EHEADER, 48},
    {0x100, "{'descr': 'x9', 'fortran_order': 1, 'shape': 3}", MMVIEW_ESHAPE, 45},
    {0x100, "{'descr': 'x9', 'fortran_order': 1, 'shape': (-1,)}", MMVIEW_ESHAPE, 46},
    {0x100, "{'descr': 'x9', 'fortran_order': 1, 'shape': ()}", MMVIEW_EHEADER, 33},
    {0x100, "{'descr': [('a', 'O'), 5], 'fortran_order': False, 'shape': ()}", MMVIEW_EDESCR, 23},
};

static void check_refused(int version, const char *text, size_t length, uint64_t max_header,
                          int status, size_t at)
{
    unsigned preamble_length = version == 0x100 ? 10 : 12;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmv_header header, untouched;

    memset(&untouched, 0x5a, sizeof untouched);
    memset(&header, 0x5a, sizeof header);
    ck_assert_msg(read_text(version, text, length, max_header, &header, &err) == status,
                  "%s: not %s, but %s", text, mmview_status_name(status), err.message);
    ck_assert_int_eq(err.status, status);
    ck_assert_msg(err.offset == preamble_length + at, "%s: at %d, not %zu: %s", text,
                  (int)(err.offset - preamble_length), at, err.message);
    ck_assert_mem_eq(&header, &untouched, sizeof header);
    ck_assert_int_eq(read_text(version, text, length, max_header, &header, NULL), status);
}

START_TEST(refuses)
{
    const struct refused *c = &refused[_i];

    check_refused(c->version, c->text, strlen(c->text), NO_LIMIT, c->status, c->at);
}
END_TEST

/* Messages that say what, or where. */
static const struct {
    const char *text, *words;
} told[] = {
    {"{'fortran_order': False, 'shape': ()}", "no key 'descr'"},
    {"{'descr': '|i1', 'shape': ()}", "no key 'fortran_order'"},
    {"{'descr': '|i1', 'fortran_order': False}", "no key 'shape'"},
    {"{}", "no key 'descr'"},
    {"{'descr': '|i1', 'x': 1}", "at byte 27"},
    {"{'descr': '|i1', ", "at byte 27"},
    {"['descr']", "a list"},
    {I1("[3]"), "a list"},
    {I1("(3.5,)"), "a float"},
    {"{'descr': '|i1', 'fortran_order': 0, 'shape': ()}", "an int"},
    {DESCR("'x9'"), "'x9'"},
    {DESCR("None"), "None"},
};

START_TEST(tells)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmv_header header;

    ck_assert_int_lt(
        read_text(0x100, told[_i].text, strlen(told[_i].text), NO_LIMIT, &header, &err), 0);
    ck_assert_msg(strstr(err.message, told[_i].words) != NULL, "%s", err.message);
}
END_TEST

/* A NUL is refused wherever it is, though Python would take it in a comment or
 * a string for the end. */
START_TEST(holds_nul)
{
    static const char padded[] = I1("(3,)") "\0\0", inside[] = "{'descr': '|i1\0'}";
    static const char comment[] = "{} #\0";

    check_refused(0x100, padded, sizeof padded - 1, NO_LIMIT, MMVIEW_EHEADER, strlen(padded));
    check_refused(0x300, padded, sizeof padded - 1, NO_LIMIT, MMVIEW_EHEADER, strlen(padded));
    check_refused(0x100, inside, sizeof inside - 1, NO_LIMIT, MMVIEW_EHEADER, strlen(inside));
    check_refused(0x100, comment, sizeof comment - 1, NO_LIMIT, MMVIEW_EHEADER, strlen(comment));
}
END_TEST

/* A text of just so many characters, each but the dict's of so many bytes. */
static char *padded_text(int characters, const char *each, size_t *length)
{
    static const char dict[] = I1("(3,)") "#";
    size_t pads = (size_t)characters - strlen(dict);
    char *text = malloc(strlen(dict) + pads * strlen(each) + 1), *p;

    ck_assert_ptr_nonnull(text);
    p = stpcpy(text, dict);
    while (pads--)
        p = stpcpy(p, each);
    *length = (size_t)(p - text);
    return text;
}

/* What counts is characters, line end and padding included. */
static const struct {
    int version;
    const char *each;
    int characters;
    uint64_t max_header;
    int status;
} lengths[] = {
    {0x100, " ", 10000, 10000, MMVIEW_OK},
    {0x100, " ", 10001, 10000, MMVIEW_EHEADERSIZE},
    {0x200, "\xe9", 10000, 10000, MMVIEW_OK},
    {0x200, "\xe9", 10001, 10000, MMVIEW_EHEADERSIZE},
    {0x300, " ", 10000, 10000, MMVIEW_OK},
    {0x300, " ", 10001, 10000, MMVIEW_EHEADERSIZE},
    {0x300, "\xc3\xa9", 10000, 10000, MMVIEW_OK},
    {0x300, "\xc3\xa9", 10001, 10000, MMVIEW_EHEADERSIZE},
    {0x300, "\xf0\x9f\x98\x80", 10000, 10000, MMVIEW_OK},
    {0x300, "\xf0\x9f\x98\x80", 10001, 10000, MMVIEW_EHEADERSIZE},
    {0x100, " ", 100, 100, MMVIEW_OK},
    {0x100, " ", 100, 99, MMVIEW_EHEADERSIZE},
    {0x200, " ", 100000, 100000, MMVIEW_OK},
    {0x200, " ", 100000, NO_LIMIT, MMVIEW_OK},
};

START_TEST(text_limit)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmv_header header = {.dtype = NULL};
    size_t length;
    char *text = padded_text(lengths[_i].characters, lengths[_i].each, &length);

    ck_assert_int_eq(
        read_text(lengths[_i].version, text, length, lengths[_i].max_header, &header, &err),
        lengths[_i].status);
    ck_assert_int_eq(err.status, lengths[_i].status);
    if (err.status == MMVIEW_OK)
        ck_assert_int_eq(header.shape[0], 3);
    else
        ck_assert_uint_eq(err.offset, 8); /* where the length is told */
    mmview_dtype_unref(header.dtype);
    free(text);
}
END_TEST

/* Decoding comes before the limit, and the limit before everything else. */
START_TEST(text_order)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmv_header header;

    check_refused(0x300, "not a literal \xff", 15, 4, MMVIEW_EHEADER, 14);
    ck_assert_int_eq(read_text(0x100, "not a literal \xff", 15, 4, &header, &err),
                     MMVIEW_EHEADERSIZE);
    mmview_error_clear(&err);
    ck_assert_int_eq(read_text(0x300, "{}\0", 3, 2, &header, &err), MMVIEW_EHEADERSIZE);
}
END_TEST

/* A header of so many dimensions, and a sub-array of some more. */
static char *many_dims(int ndim, int more)
{
    char *text = malloc(200 + 4 * (size_t)(ndim + more)), *p;

    ck_assert_ptr_nonnull(text);
    p = stpcpy(text, "{'descr': ('|i1', (");
    for (int i = 0; i < more; i++)
        p = stpcpy(p, "1, ");
    p = stpcpy(p, ")), 'fortran_order': False, 'shape': (");
    for (int i = 0; i < ndim; i++)
        p = stpcpy(p, "2, ");
    stpcpy(p, ")}");
    return text;
}

static const struct {
    int ndim, more, status;
} dims[] = {
    {64, 0, MMVIEW_OK},  {65, 0, MMVIEW_ESHAPE},  {0, 64, MMVIEW_OK},     {0, 65, MMVIEW_EDESCR},
    {32, 32, MMVIEW_OK}, {32, 33, MMVIEW_ESHAPE}, {64, 1, MMVIEW_ESHAPE}, {1, 64, MMVIEW_ESHAPE},
};

START_TEST(most_dimensions)
{
    int ndim = dims[_i].ndim, more = dims[_i].more;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmv_header header = {.dtype = NULL};
    char *text = many_dims(ndim, more);

    ck_assert_int_eq(read_text(0x100, text, strlen(text), NO_LIMIT, &header, &err),
                     dims[_i].status);
    ck_assert_int_eq(err.status, dims[_i].status);
    if (err.status == MMVIEW_OK) {
        ck_assert_int_eq(header.ndim, ndim + more);
        for (int i = 0; i < header.ndim; i++)
            ck_assert_int_eq(header.shape[i], i < ndim ? 2 : 1);
        ck_assert_ptr_null(mmview_dtype_base(header.dtype));
    }
    mmview_dtype_unref(header.dtype);
    free(text);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_loop_test(tcase, accepts, 0, COUNT(accepted));
    tcase_add_loop_test(tcase, refuses, 0, COUNT(refused));
    tcase_add_loop_test(tcase, tells, 0, COUNT(told));
    tcase_add_test(tcase, holds_nul);
    tcase_add_loop_test(tcase, text_limit, 0, COUNT(lengths));
    tcase_add_test(tcase, text_order);
    tcase_add_loop_test(tcase, most_dimensions, 0, COUNT(dims));
}

int main(void)
{
    return run_suite("header", add_tests);
}
