package dev.sendstatus.jobs;

/** Tells the scheduler that a turn failed; logged and counted by then. */
final class JobFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JobFailed(String job, Throwable cause) {
        super("the job " + job + " failed", cause);
    }
}
