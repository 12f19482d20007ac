/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Statistics of one array by many processes: each looks at a part of it, and one
 * reduction merges what they found.
 *
 *     mpicc -o mpi_stats mpi_stats.c $(pkg-config --cflags --libs mmview)
 *     mpirun -n 4 ./mpi_stats FILE
 */
#include <mmview.h>

#include <mpi.h>
#include <stdio.h>

/* What MPI calls to make one of two. An MPI_Op can not fail, so that parts that do
 * not merge end it all; those of one file do merge. */
static void merge(void *from, void *into, int *length, MPI_Datatype *type)
{
    const struct mmview_statistics *a = from;
    struct mmview_statistics *b = into;

    (void)type;
    for (int i = 0; i < *length; i++)
        if (mmview_stats_merge(&b[i], &a[i], NULL) < 0)
            MPI_Abort(MPI_COMM_WORLD, 2);
}

static int look(const char *path, int rank, int ranks, struct mmview_statistics *stats,
                struct mmview_error *err)
{
    struct mmview_stats_options options = MMVIEW_STATS_OPTIONS_INIT;
    struct mmview_array *array;
    int status = mmview_open(path, NULL, &array, err);

    if (status < 0)
        return status;
    options.part = (uint64_t)rank;
    options.parts = (uint64_t)ranks;
    status = mmview_stats(array, &options, stats, err);
    mmview_array_unref(array);
    return status;
}

int main(int argc, char **argv)
{
    struct mmview_statistics part = MMVIEW_STATS_INIT, whole = MMVIEW_STATS_INIT;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    MPI_Datatype type;
    MPI_Op op;
    int rank, ranks;

    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &ranks);
    if (argc != 2) {
        if (rank == 0)
            fprintf(stderr, "usage: mpi_stats FILE\n");
        MPI_Abort(MPI_COMM_WORLD, 2);
    }
    if (look(argv[1], rank, ranks, &part, &err) < 0) {
        fprintf(stderr, "mpi_stats: %s: %s\n", argv[1], err.message);
        MPI_Abort(MPI_COMM_WORLD, 2);
    }

    /* The struct is numbers only: it goes as its bytes. */
    MPI_Type_contiguous((int)sizeof part, MPI_BYTE, &type);
    MPI_Type_commit(&type);
    MPI_Op_create(merge, 1, &op);
    MPI_Reduce(&part, &whole, 1, type, op, 0, MPI_COMM_WORLD);
    if (rank == 0)
        printf("count %ju nan %ju argmin %jd argmax %jd sum %.17Lg mean %.12Lg std %.12Lg\n",
               (uintmax_t)whole.count, (uintmax_t)whole.nan, (intmax_t)whole.argmin,
               (intmax_t)whole.argmax, whole.sum[0] + whole.sum_rest[0],
               mmview_stats_mean(&whole, 0), mmview_stats_std(&whole, 0));
    MPI_Op_free(&op);
    MPI_Type_free(&type);
    MPI_Finalize();
    return 0;
}
