package dev.sendstatus.provider.twilio;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The forms of one URL that Twilio may have signed. Whether it signs the port has changed over the years
 * (twilio/twilio-csharp#44, twilio/twilio-python#392), and it documents that it drops a {@code user:password@} which its own
 * SDK tests keep. Only the authority is touched: Twilio's Java SDK takes the URL apart and puts it together again, which turns
 * {@code %2B} into a plus and breaks the signature.
 */
final class SignedUrl {
    private SignedUrl() {}

    /** Each different form as UTF-8, the likeliest first; four at most, so that two tokens cost eight hashes. */
    static List<byte[]> forms(String publicUrl, @Nullable String query) {
        String url = query == null ? publicUrl : publicUrl + '?' + query;
        int scheme = publicUrl.indexOf("://");
        if (scheme < 0) {
            return List.of(url.getBytes(StandardCharsets.UTF_8));
        }
        int authority = scheme + 3;
        int path = endOfAuthority(url, authority);
        int host = url.lastIndexOf('@', path - 1) + 1;
        List<byte[]> forms = new ArrayList<>(4);
        if (host > authority) {
            addPortForms(forms, url.substring(0, authority) + url.substring(host), authority, path - host + authority);
            addPortForms(forms, url, host, path);
        } else {
            addPortForms(forms, url, authority, path);
        }
        return forms;
    }

    private static void addPortForms(List<byte[]> forms, String url, int host, int path) {
        forms.add(url.getBytes(StandardCharsets.UTF_8));
        int port = port(url, host, path);
        if (port >= 0) {
            forms.add((url.substring(0, port) + url.substring(path)).getBytes(StandardCharsets.UTF_8));
        } else {
            String standard = url.startsWith("https://") ? ":443" : ":80";
            forms.add((url.substring(0, path) + standard + url.substring(path)).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static int endOfAuthority(String url, int authority) {
        int end = authority;
        while (end < url.length() && url.charAt(end) != '/' && url.charAt(end) != '?') {
            end++;
        }
        return end;
    }

    /** The index of the port's colon; negative if there is none. An IPv6 address in brackets has colons of its own. */
    private static int port(String url, int host, int path) {
        int bracket = url.lastIndexOf(']', path - 1);
        int colon = url.lastIndexOf(':', path - 1);
        return colon > Math.max(host - 1, bracket) ? colon : -1;
    }
}
