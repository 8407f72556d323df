package dev.sendstatus.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.api.Api;
import dev.sendstatus.api.Problem;
import dev.sendstatus.api.Tokens;
import dev.sendstatus.api.Unanswerable;
import dev.sendstatus.ingest.ReadBarrier;
import dev.sendstatus.pages.dashboard.JtesigninGenerated;
import dev.sendstatus.pages.dashboard.JtetroubleGenerated;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.report.ReportDocuments;
import dev.sendstatus.report.ReportFormat;
import dev.sendstatus.report.StuckReport;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.TokenScope;
import gg.jte.html.HtmlInterceptor;
import gg.jte.html.HtmlTemplateOutput;
import gg.jte.output.Utf8ByteOutput;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The common part of all pages: the rights that they need, their headers, and the page shown in their place when they fail. */
final class Site {
    static final String SIGN_IN = "/ui/sign-in";

    private static final long SAID_SECONDS = 60;
    private static final Logger LOG = LoggerFactory.getLogger(Site.class);
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
    private static final Problem FROM_ELSEWHERE = new Problem(
            403,
            "Not from here",
            "This was not sent by a page of this dashboard. Open the page again, and press its button there.");

    private static final Problem UNAVAILABLE = new Problem(
            503, "Try again", "The database does not answer, or cannot write, at the moment. Load the page again.");

    private final JavalinConfig config;
    private final Api api;
    private final Sessions sessions;
    private final SameOrigin sameOrigin;
    private final String cookie;
    private final String saidCookie;
    private final String cookieFlags;
    private final ReadBarrier barrier;

    /** A generated template. */
    @FunctionalInterface
    interface Template<P> {
        void render(HtmlTemplateOutput out, @Nullable HtmlInterceptor interceptor, Frame frame, P page);
    }

    /** Makes a page, a file or the address of another page from the database, or changes the database and says so. */
    @FunctionalInterface
    interface Work<T> {
        T run(Api api, Visit visit) throws StoreException, WrongParameter, Unanswerable;
    }

    /** A file that a browser keeps. @param name of ASCII letters, digits, hyphens and a dot */
    record Download(String name, String mediaType, String text) {

        /** @param name without its ending */
        static Download of(String name, StuckReport report, ReportFormat format) {
            return new Download(
                    name + "." + format.word(), format.contentType(), ReportDocuments.render(report, format));
        }
    }

    /** That a button did something. @param path of the page that says so */
    record Done(String path, Said said) {
        static Done good(String path, String text) {
            return new Done(path, new Said(text, true));
        }

        static Done bad(String path, String text) {
            return new Done(path, new Said(text, false));
        }
    }

    @FunctionalInterface
    private interface Step {
        void run(Visit visit) throws StoreException, WrongParameter, Unanswerable;
    }

    Site(JavalinConfig config, Api api) {
        this.config = config;
        this.api = api;
        this.sessions = new Sessions(api.tokens(), api.store(), api.reads(), api.clock());
        URI publicUrl = api.settings().publicUrl();
        this.sameOrigin = new SameOrigin(publicUrl);
        boolean secure = "https".equals(publicUrl.getScheme());
        this.cookie = secure ? "__Host-sendstatus" : "sendstatus";
        this.saidCookie = cookie + "-said";
        this.cookieFlags = "; Path=/; HttpOnly; SameSite=Lax" + (secure ? "; Secure" : "");
        this.barrier = new ReadBarrier(api.reads(), api.clock());
        config.routes.get(SIGN_IN, ctx -> {
            headers(ctx);
            askForToken(ctx, 200, SignIn.local(ctx.queryParam("next")), null);
        });
        config.routes.post(SIGN_IN, ctx -> open(ctx, this::signIn));
        config.routes.post("/ui/sign-out", ctx -> open(ctx, this::signOut));
        config.routes.get(Asset.FOLDER + "{file}", Site::file);
    }

    /** Shows a page at that path. */
    <P> void page(String path, Template<P> template, Work<P> page) {
        config.routes.get(path, ctx -> guarded(ctx, visit -> show(ctx, visit, template, page.run(api, visit))));
    }

    /** Answers at that path with the same JSON as the API. */
    void document(String path, Work<? extends JsonNode> document) {
        config.routes.get(
                path,
                ctx -> guarded(
                        ctx,
                        visit -> ctx.contentType("application/json")
                                .result(document.run(api, visit).toString())));
    }

    /** Gives a file to keep, at that path. */
    void download(String path, Work<Download> download) {
        config.routes.get(
                path,
                ctx -> guarded(ctx, visit -> {
                    Download file = download.run(api, visit);
                    ctx.header("Content-Disposition", "attachment; filename=\"" + file.name() + "\"")
                            .contentType(file.mediaType())
                            .result(file.text());
                }));
    }

    /** At that path leads on to another one. */
    void redirect(String path, Work<String> target) {
        config.routes.get(path, ctx -> guarded(ctx, visit -> seeOther(ctx, target.run(api, visit))));
    }

    /** Shows a page at that path to sessions that may write. */
    <P> void pageToWriters(String path, Template<P> template, Work<P> page) {
        page(path, template, (a, visit) -> {
            mustWrite(visit);
            return page.run(a, visit);
        });
    }

    /** Changes something for a session that may write, leads on to another page, and has that page say the result. */
    void deed(String path, Work<Done> deed) {
        config.routes.post(
                path,
                ctx -> guarded(ctx, visit -> {
                    if (!sameOrigin.of(ctx)) {
                        throw new Unanswerable(FROM_ELSEWHERE);
                    }
                    mustWrite(visit);
                    Done done = deed.run(api, visit);
                    setCookie(ctx, saidCookie, done.said().cookie(), SAID_SECONDS);
                    seeOther(ctx, done.path());
                }));
    }

    private static void mustWrite(Visit visit) throws Unanswerable {
        if (!visit.mayWrite()) {
            throw new Unanswerable(
                    403,
                    "You may only read",
                    "This needs a token of scope write: sendstatus token create NAME --scope write. Sign out, and sign in"
                            + " with it.");
        }
    }

    private static void headers(Context ctx) {
        ctx.header("Content-Security-Policy", POLICY);
        ctx.header("X-Content-Type-Options", "nosniff");
        ctx.header("Referrer-Policy", "no-referrer");
        ctx.header("Cache-Control", "no-store");
    }

    private void guarded(Context ctx, Step step) {
        headers(ctx);
        Visit visit = null;
        try {
            TokenScope scope = sessions.scope(ctx.cookie(cookie));
            if (scope == null) {
                toSignIn(ctx);
                return;
            }
            barrier.await();
            visit = new Visit(ctx, scope, api.clock().instant());
            step.run(visit);
        } catch (WrongParameter e) {
            trouble(ctx, visit, new Problem(400, "Not understood", String.valueOf(e.getMessage())), List.of());
        } catch (Unanswerable e) {
            trouble(ctx, visit, e.problem(), e instanceof NotFound none ? none.instead() : List.of());
        } catch (StoreException e) {
            unavailable(ctx, visit, e);
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", ctx.method(), ctx.path(), e);
            trouble(
                    ctx,
                    visit,
                    new Problem(500, "This went wrong", "The page could not be made; the server's log says why."),
                    List.of());
        }
    }

    private void unavailable(Context ctx, @Nullable Visit visit, StoreException e) {
        LOG.warn("{} {}: {}", ctx.method(), ctx.path(), e.getMessage());
        ctx.header("Retry-After", "1");
        trouble(ctx, visit, UNAVAILABLE, List.of());
    }

    /** A step without a session, sent by one of our forms. */
    private void open(Context ctx, Opening step) {
        headers(ctx);
        if (!sameOrigin.of(ctx)) {
            trouble(ctx, null, FROM_ELSEWHERE, List.of());
            return;
        }
        try {
            step.run(ctx);
        } catch (StoreException e) {
            unavailable(ctx, null, e);
        }
    }

    @FunctionalInterface
    private interface Opening {
        void run(Context ctx) throws StoreException;
    }

    private void toSignIn(Context ctx) {
        boolean part = ctx.header("HX-Request") != null;
        String wanted =
                part ? path(ctx.header("HX-Current-URL")) : ctx.method().name().equals("GET") ? url(ctx) : "/";
        String target = SIGN_IN + (wanted.equals("/") ? "" : "?next=" + Place.encoded(wanted));
        if (part) {
            ctx.status(401)
                    .header("HX-Redirect", target)
                    .contentType("text/plain")
                    .result("Sign in again.\n");
        } else {
            seeOther(ctx, target);
        }
    }

    private static String path(@Nullable String url) {
        try {
            URI uri = URI.create(url == null ? "/" : url);
            return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        } catch (IllegalArgumentException e) {
            return "/";
        }
    }

    private static String url(Context ctx) {
        String query = ctx.queryString();
        return ctx.req().getRequestURI() + (query == null ? "" : "?" + query);
    }

    private static void seeOther(Context ctx, String target) {
        ctx.status(303).header("Location", target).contentType("text/plain").result("");
    }

    /** @param visit null without a session @param instead where to go on; empty for the overview */
    private void trouble(Context ctx, @Nullable Visit visit, Problem problem, List<Way> instead) {
        ctx.status(problem.status());
        show(
                ctx,
                visit,
                JtetroubleGenerated::render,
                new Trouble(
                        problem.title(),
                        problem.detail(),
                        instead.isEmpty() ? List.of(Way.to("To the overview", "/")) : instead));
    }

    private <P> void show(Context ctx, @Nullable Visit visit, Template<P> template, P page) {
        Instant now = visit == null ? api.clock().instant() : visit.now();
        Frame frame = new Frame(
                url(ctx),
                visit != null,
                visit != null && visit.mayWrite(),
                Moment.of(now, now),
                visit == null ? null : said(ctx));
        Utf8ByteOutput out = new Utf8ByteOutput();
        template.render(new PageOutput(out), null, frame, page);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(out.getContentLength());
        try {
            out.writeTo(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ctx.contentType("text/html; charset=utf-8").result(bytes.toByteArray());
    }

    /** The result of the last deed; null if there was none, and for a part of a page, which has no place for it. */
    private @Nullable Said said(Context ctx) {
        String value = ctx.cookie(saidCookie);
        if (value == null || ctx.header("HX-Request") != null) {
            return null;
        }
        setCookie(ctx, saidCookie, "", 0);
        return Said.of(value);
    }

    /** @param wrong why the last token did not do; null if none was given */
    private void askForToken(Context ctx, int status, String next, @Nullable String wrong) {
        ctx.status(status);
        show(ctx, null, JtesigninGenerated::render, new SignIn(next, wrong));
    }

    private void signIn(Context ctx) throws StoreException {
        String token = String.valueOf(ctx.formParam("token")).strip();
        String next = SignIn.local(ctx.formParam("next"));
        Tokens.Access access = api.tokens().access("Bearer " + token, ctx.ip());
        if (access instanceof Tokens.Access.Granted) {
            setCookie(ctx, cookie, sessions.begin(token), Sessions.LONGEST.toSeconds());
            seeOther(ctx, next);
        } else if (access instanceof Tokens.Access.Limited limited) {
            ctx.header("Retry-After", Long.toString(limited.seconds()));
            askForToken(
                    ctx, 429, next, "Too many wrong tokens came. Wait " + limited.seconds() + " s, then try again.");
        } else {
            ctx.header("WWW-Authenticate", "Bearer");
            askForToken(ctx, 401, next, "There is no such token, or it has been revoked.");
        }
    }

    private void signOut(Context ctx) throws StoreException {
        sessions.end(ctx.cookie(cookie));
        setCookie(ctx, cookie, "", 0);
        seeOther(ctx, SIGN_IN);
    }

    private void setCookie(Context ctx, String name, String value, long seconds) {
        ctx.header("Set-Cookie", name + "=" + value + "; Max-Age=" + seconds + cookieFlags);
    }

    private static void file(Context ctx) {
        headers(ctx);
        Asset.of(ctx.pathParam("file"))
                .ifPresentOrElse(
                        asset -> ctx.header("Cache-Control", "public, max-age=31536000, immutable")
                                .contentType(asset.mediaType())
                                .result(asset.open()),
                        () -> ctx.status(404).contentType("text/plain").result("There is no such file.\n"));
    }
}
