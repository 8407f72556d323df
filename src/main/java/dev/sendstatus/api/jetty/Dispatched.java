package dev.sendstatus.api.jetty;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Hands requests to the pool, because the handlers behind it may wait for the database or for a slow client. */
public final class Dispatched extends Handler.Wrapper {
    public Dispatched(Handler behind) {
        super(behind);
    }

    /** The thread that reads from the network may call this itself, since it returns at once. */
    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        request.getComponents()
                .getExecutor()
                .execute(() -> ConnectionExecutor.goOnHere(() -> {
                    try {
                        if (!super.handle(request, response, callback)) {
                            Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
                        }
                    } catch (Throwable e) {
                        // As the web server does with what a handler throws.
                        Response.writeError(request, response, callback, e);
                    }
                }));
        return true;
    }
}
