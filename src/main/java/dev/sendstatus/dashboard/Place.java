package dev.sendstatus.dashboard;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A page with these parameters in its URL. */
record Place(String path, Map<String, List<String>> parameters) {

    static Place of(String path) {
        return new Place(path, Map.of());
    }

    /** With that value of a parameter in the place of any other; without the parameter for null. */
    Place with(String name, @Nullable String value) {
        Map<String, List<String>> all = new LinkedHashMap<>(parameters);
        if (value == null) {
            all.remove(name);
        } else {
            all.put(name, List.of(value));
        }
        return new Place(path, all);
    }

    String url() {
        StringBuilder url = new StringBuilder(path);
        char separator = '?';
        for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
            for (String value : parameter.getValue()) {
                url.append(separator)
                        .append(encoded(parameter.getKey()))
                        .append('=')
                        .append(encoded(value));
                separator = '&';
            }
        }
        return url.toString();
    }

    /** As a part of a path, or a value of a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
