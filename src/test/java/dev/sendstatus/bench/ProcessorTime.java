package dev.sendstatus.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.TreeMap;

/** How much processor time each group of this process's threads has used: unlike time on the wall, nobody else's load changes it. */
record ProcessorTime(Map<String, Long> nanos) {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    static ProcessorTime now() {
        Map<String, Long> nanos = new TreeMap<>();
        long known = 0;
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            long used = thread == null ? -1 : THREADS.getThreadCpuTime(thread.getThreadId());
            if (used > 0) {
                nanos.merge(group(thread.getThreadName()), used, Long::sum);
                known += used;
            }
        }
        long all = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
        nanos.put("collector and compiler", all - known);
        return new ProcessorTime(nanos);
    }

    private static String group(String thread) {
        if (thread.startsWith("http")) {
            return "http";
        }
        return switch (thread) {
            case "group-commit", "answerer", "checkpointer" -> thread;
            default -> "other";
        };
    }

    /** Since then, in microseconds a request, by group. */
    Map<String, Double> since(ProcessorTime before, long requests) {
        Map<String, Double> micros = new TreeMap<>();
        nanos.forEach((group, used) -> {
            double each = (used - before.nanos.getOrDefault(group, 0L)) / 1e3 / requests;
            if (each >= 0.05) {
                micros.put(group, each);
            }
        });
        return micros;
    }
}
