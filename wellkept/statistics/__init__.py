"""Counts of visits with nobody in them.

A process for pages counts in memory (``counters``) and adds totals every two seconds and when it ends (``adding``).
``wellkept.statistics_count`` shows every total: day, dimension, audience, value, and ``counts``, a number a slot (the
24 hours of that day where the operator works, but for ``referrers`` and ``next``, one a day, and ``stays by page``, one
for each of the eight lengths of ``stays``). The audience is a door: public, member, desk and so on. It is
"proof" for our own tries, which no report shows, and empty where a door means nothing.

====================  ======================================================  =====================
dimension             value                                                   counted where
====================  ======================================================  =====================
pages                 route, "/policy/<str:clause>/"                          totals
visits                "first", "again", "unknown": see ``remembered``         totals
referrers             "https://origin/path", "none", "other"                  totals and hits
next                  "/a/ > /b/": two routes of ours                         totals
left                  host of a site a leaving page led to                    totals
stays                 one of ``dimensions.STAYS``; what is missing to pages   totals
                      of the public audience was not measured
stays by page         route, a slot for each of ``dimensions.STAYS``          totals
query, status, bytes  our parameter names; status; ``dimensions.SIZES``       hits
agents, cookie        family of browser; "present", "absent"                  hits
crawlers              "requests": what crawlers asked, in no other number     totals
lost                  "process": ended without adding its last seconds        totals and hits
====================  ======================================================  =====================

"other" is what came after a dimension's most values a day, and of referrers what came under five times in an hour.
``wellkept.statistics_run`` has a row for each process that counts now: when it last added (``added``) and how often it
does (``every_seconds``). A total of ``lost`` may miss that many seconds each.

Serves U-02, U-21 to U-26, P-22, B-05, R-16.
"""
