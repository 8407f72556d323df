package dev.sendstatus.app;

import dev.sendstatus.config.Configuration;
import dev.sendstatus.store.SafeFiles;
import dev.sendstatus.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The right to serve a SQLite file, which one process has at a time: a lock on a file beside it, which holds the process's id. The
 * operating system releases the lock however the process ends, so the file may stay.
 */
public final class SoleServer implements AutoCloseable {
    private static final int LONGEST_ID = 20;

    private final FileChannel channel;

    private SoleServer(FileChannel channel) {
        this.channel = channel;
    }

    /** Another server has the database; the message says which, and what to do. */
    public static final class Taken extends IOException {
        private static final long serialVersionUID = 1L;

        private Taken(String message) {
            super(message);
        }
    }

    /** Looks before a start whether there would be two. @throws Taken if another server has the database */
    public static void refuseSecond(Configuration configuration) throws StoreException, IOException {
        Path file = Database.of(configuration.database()).file();
        if (file != null) {
            of(file).close();
        }
    }

    /** @throws Taken if another server has the database */
    static SoleServer of(Path database) throws StoreException, Taken {
        Path file = Path.of(database + "-server");
        try {
            SafeFiles.createFolderForOwner(SafeFiles.folder(file));
            SafeFiles.createForOwner(file);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (locks(channel)) {
                channel.truncate(0);
                channel.write(
                        StandardCharsets.US_ASCII.encode(ProcessHandle.current().pid() + "\n"));
                return new SoleServer(channel);
            }
            String process = process(channel);
            channel.close();
            throw new Taken("A server runs on " + database + " already" + process
                    + ", and a SQLite file has one: stop that one, or use PostgreSQL for several.");
        } catch (Taken e) {
            throw e;
        } catch (AccessDeniedException e) {
            throw new StoreException.Unavailable("this user has no right to write " + file, e);
        } catch (IOException e) {
            throw new StoreException.Unavailable("cannot lock " + file + ": " + e.getMessage(), e);
        }
    }

    private static boolean locks(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException inThisProcess) {
            return false;
        }
    }

    /** Empty in the moment before the other has written its id. */
    private static String process(FileChannel channel) throws IOException {
        ByteBuffer id = ByteBuffer.allocate(LONGEST_ID);
        channel.read(id, 0);
        String text = StandardCharsets.US_ASCII.decode(id.flip()).toString().strip();
        return text.isEmpty() ? "" : " (process " + text + ")";
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
