# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""Answers from child processes, many to a child: a question may kill or hang the one who
answers, and that is an answer, too."""
import json
import os
import resource
import signal
import sys

SECONDS = 20  # of the processor that one answer may take


def _child(pipe, answer, questions):
    code = 1
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        # The signals that end a child: a sanitizer would make an exit status of them.
        for number in (signal.SIGPROF, signal.SIGFPE, signal.SIGSEGV, signal.SIGBUS):
            signal.signal(number, signal.SIG_DFL)
        with os.fdopen(pipe, "w", encoding="ascii") as out:
            for question in questions:
                signal.setitimer(signal.ITIMER_PROF, SECONDS)
                out.write(json.dumps(answer(question)) + "\n")
                out.flush()
        code = 0
    except BaseException as error:  # a fault of the test itself: the parent must not go on
        print(f"child: {type(error).__name__}: {error}", file=sys.stderr, flush=True)
    finally:
        os._exit(code)


def _batch(answer, questions):
    """The answers of one child, and the signal that ended it, if one did."""
    reader, writer = os.pipe()
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        _child(writer, answer, questions)
    os.close(writer)
    with os.fdopen(reader, encoding="ascii") as f:
        answers = [json.loads(line) for line in f if line.endswith("\n")]
    status = os.waitpid(pid, 0)[1]
    if os.WIFSIGNALED(status):
        return answers, signal.Signals(os.WTERMSIG(status)).name
    if os.WEXITSTATUS(status) or len(answers) != len(questions):
        sys.exit(f"a child failed at question {len(answers)}: {questions[len(answers)]!r}")
    return answers, None


def ask(answer, questions, size=250):
    """answer(question), a dict, for each of questions; {"ok": False, "crash": SIGNAL} for one
    that killed its child."""
    answers = []
    while len(answers) < len(questions):
        found, killer = _batch(answer, questions[len(answers):][:size])
        answers += found
        if killer:
            answers.append({"ok": False, "crash": killer})
    return answers
