package dev.sendstatus.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process holds of the machine's memory, in megabytes; on Linux. */
final class ProcessMemory {
    private ProcessMemory() {}

    /** That process's, now. */
    static double resident(long process) throws IOException {
        return megabytes(Path.of("/proc/" + process + "/status"), "VmRSS:");
    }

    /** The most of this process since it began. */
    static double peak() throws IOException {
        return megabytes(Path.of("/proc/self/status"), "VmHWM:");
    }

    private static double megabytes(Path status, String name) throws IOException {
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith(name)) {
                return Double.parseDouble(line.replaceAll("\\D", "")) / 1024;
            }
        }
        throw new IOException(status + " says nothing of memory");
    }
}
