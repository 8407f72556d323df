package dev.sendstatus.api.jetty;

import java.util.concurrent.Executor;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Goes on with connections whose request is answered: on the thread that answered it, if that says so by {@link #goOnHere}, else
 * on the pool's. To wake a thread of the pool for each answer costs as much as reading and proving a callback.
 *
 * <p>After a response Jetty tries to read the next request, twice, and finds nothing, because the client has not seen the response yet. That is
 * skipped: the connection waits for its selector. A request that has come already is handled here until it waits for the disk; work that may
 * take longer goes to the pool ({@link Dispatched}).
 */
public final class ConnectionExecutor implements Executor {
    private static final ThreadLocal<Here> HERE = ThreadLocal.withInitial(Here::new);

    private final Executor pool;

    ConnectionExecutor(Executor pool) {
        this.pool = pool;
    }

    /** Of one thread: whether it goes on with the connection that it answers, and that connection once it is answered. */
    private static final class Here {
        private boolean answering;
        private @Nullable Runnable connection;
    }

    /**
     * Answers a request, and goes on with its connection on this thread.
     *
     * @param answering answers it, or has it answered later
     */
    public static void goOnHere(Runnable answering) {
        Here here = HERE.get();
        here.answering = true;
        try {
            answering.run();
        } finally {
            here.answering = false;
            Runnable connection = here.connection;
            here.connection = null;
            if (connection instanceof HttpConnection http && http.isRequestBufferEmpty()) {
                http.fillInterested(new NextRequest(http));
            } else if (connection != null) {
                connection.run();
            }
        }
    }

    /** Has a connection read once there is something, on the selector's thread, as the connection's own, which is private, does. */
    private record NextRequest(HttpConnection connection) implements Callback {
        @Override
        public void succeeded() {
            connection.onFillable();
        }

        @Override
        public void failed(Throwable failure) {
            connection.onFillInterestedFailed(failure);
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }
    }

    @Override
    public void execute(Runnable task) {
        Here here = HERE.get();
        if (here.answering && here.connection == null && task instanceof Connection) {
            here.connection = task;
        } else {
            pool.execute(task);
        }
    }
}
