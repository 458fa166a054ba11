import Testing

/// A project with routes: settings that name mysite.urls, and views.
private func project(_ routes: String, _ views: String = "", _ more: [String: String] = [:]) -> [String: String] {
  [
    "mysite/settings.py": "ROOT_URLCONF = 'mysite.urls'\n",
    "mysite/urls.py": "from django.urls import include, path, re_path\nfrom . import views\n\(routes)\n",
    "mysite/views.py": views,
  ].merging(more) { _, new in new }
}

@Suite struct RouteSlashTests {
  @Test(arguments: [
    ("urlpatterns = [path('/query', views.a)]", ["warning mysite/urls.py:3 /query"]),
    ("urlpatterns = [path('query', views.a), path('', views.a)]", []),
    ("urlpatterns = [re_path(r'^/query$', views.a)]", ["warning mysite/urls.py:3 ^/query$"]),
    ("urlpatterns = [re_path(r'^/?$', views.a)]", []),
    (
      "urlpatterns = [\n  path('polls/', include([\n    path('/query', views.a)]))]",
      ["warning mysite/urls.py:5 /query"]
    ),
    ("urlpatterns = [path('polls', include([path('', views.a), path('/query', views.a)]))]", []),
    (
      "urlpatterns = []\nurlpatterns += [path('a', views.a)]\nurlpatterns.append(path('/b', views.a))",
      [
        "warning mysite/urls.py:5 /b"
      ]
    ),
    (
      "from django.conf.urls.i18n import i18n_patterns\nurlpatterns = i18n_patterns(path('/b', views.a))",
      [
        "warning mysite/urls.py:4 /b"
      ]
    ),
    ("urlpatterns = [path(views.PREFIX, include([path('/query', views.a)]))]", []),
    ("urlpatterns = [path(p, views.a) for p in ('', '/query')]", ["warning mysite/urls.py:3 /query"]),
    ("urlpatterns = [path(p, v) for p, v in views.ALL]", ["unknown mysite/urls.py:3 routes"]),
    ("P = '/v1'\nurlpatterns = [path(P + '/query', views.a)]", ["warning mysite/urls.py:4 /v1/query"]),
    ("P = 'v1'\nurlpatterns = [path(f'/{P}/query', views.a)]", ["warning mysite/urls.py:4 /v1/query"]),
    ("urlpatterns = [path(f'{views.P}/query', views.a)]", []),
    ("api = ([path('/x', views.a)], 'api')\nurlpatterns = [path('', include(api))]", ["warning mysite/urls.py:3 /x"]),
    (
      """
      from rest_framework import routers
      router = routers.DefaultRouter()
      router.register(r'/users', views.Users)
      router.register(r'groups', views.Groups)
      urlpatterns = [path('api/', include(router.urls))]
      """, ["warning mysite/urls.py:5 /users"]
    ),
  ])
  func begins(_ routes: String, _ expected: [String]) async throws {
    #expect(try await CheckRun("route-slash", project(routes)).findings == expected)
  }

  @Test func behindTextOfTheIncludingRoute() async throws {
    let urls = [
      "polls/__init__.py": "", "polls/urls.py": "from django.urls import path\nurlpatterns = [path('/q', print)]\n",
    ]
    let wrong = project("urlpatterns = [path('polls/', include('polls.urls'))]", "", urls)
    #expect(try await CheckRun("route-slash", wrong).findings == ["warning polls/urls.py:2 /q"])
    let right = project("urlpatterns = [path('polls', include(('polls.urls', 'polls'), namespace='p'))]", "", urls)
    #expect(try await CheckRun("route-slash", right).findings == [])
  }
}

@Suite struct RouteParameterTests {
  private static let views = """
    from django.contrib.auth.decorators import login_required
    from django.views.generic import DetailView, View
    from django.contrib.syndication.views import Feed
    from rest_framework import generics
    from elsewhere import odd
    from functools import wraps

    def passing(view):
        @wraps(view)
        def wrapper(request, *args, **kwargs):
            return view(request, *args, **kwargs)
        return wrapper

    def taking(view):
        @wraps(view)
        def wrapper(request, *args, **kwargs):
            kwargs.pop('pk')
            return view(request, *args, **kwargs)
        return wrapper

    def detail(request, pk): pass
    def many(request, **kwargs): pass
    def optional(request, pk=None): pass
    def none(): pass
    @login_required
    @passing
    def guarded(request, pk): pass
    @odd
    def decorated(request): pass
    @taking
    def taken(request): pass

    class Page(View):
        def get(self, request): pass
        def post(self, request, pk): pass
    class Quiet(View):
        def dispatch(self, request, *args, **kwargs):
            kwargs.pop('pk')
            return super().dispatch(request, *args, **kwargs)
        def get(self, request): pass
    class Shown(DetailView):
        model = None
    class Keyed(DetailView):
        pk_url_kwarg = 'question_id'
    class Callable:
        def __call__(self, request, pk): pass
    class Latest(Feed):
        def get_object(self, request, pk): pass
    class Closed(View):
        def dispatch(self, request, pk): pass
    class Item(generics.RetrieveAPIView):
        queryset = None
    class Named(generics.RetrieveUpdateAPIView):
        lookup_field = 'slug'
    class Odd(odd.View):
        def get(self, request): pass
    """

  @Test(arguments: [
    ("path('<int:pk>/', views.detail)", []),
    ("path('<int:question_id>/', views.detail)", ["error detail"]),
    ("path('', views.detail)", ["error detail"]),
    ("path('', views.detail, {'pk': 1})", []),
    ("path('', views.detail, views.defaults)", []),
    ("path('<a>/<b>', views.many)", []),
    ("path('', views.optional)", []),
    ("path('', views.none)", ["error none"]),
    ("re_path(r'^(?P<pk>\\d+)/(x|y)$', views.detail)", []),
    ("re_path(r'^(\\d+)/$', views.detail)", []),
    ("re_path(r'^(\\d+)/(?:x|y)/(\\d+)$', views.detail)", ["error detail"]),
    ("re_path(r'^(?P<question_id>[(]\\d+)/$', views.detail)", ["error detail"]),
    ("re_path(r'^(?P<pk>\\d+)?$', views.detail)", []),
    ("path('<int:pk>/', include([path('', views.detail), path('<b>', views.detail)]))", ["error detail"]),
    ("path('<int:q>', views.guarded)", ["error guarded"]),
    ("path('<int:q>', views.decorated)", ["unknown views"]),
    ("path('<int:pk>', views.taken)", ["unknown views"]),
    ("path('<int:pk>', views.Page.as_view())", ["error Page.get"]),
    ("path('<int:pk>', views.Quiet.as_view())", ["unknown views"]),
    ("path('<int:pk>', views.Shown.as_view())", []),
    ("path('<int:question_id>', views.Shown.as_view())", ["error Shown"]),
    ("path('<int:question_id>', views.Keyed.as_view())", []),
    ("path('<int:pk>', views.Odd.as_view())", ["unknown views"]),
    ("path('<int:pk>', views.Closed.as_view())", []),
    ("path('<int:q>', views.Closed.as_view())", ["error Closed.dispatch"]),
    ("path('<int:pk>', views.Item.as_view())", []),
    ("path('<int:q>', views.Item.as_view())", ["error Item"]),
    ("path('<slug:slug>', views.Named.as_view())", []),
    ("path('<int:pk>', views.Named.as_view())", ["error Named"]),
    ("path(f'{k}/<int:q>', views.detail) for k in ('a', 'b')", ["error detail"]),
    ("path(f'{k}/<int:q>', view) for k, view in (('a', views.detail),)", ["error detail"]),
    ("path(f'{k}/', make(k)) for k in views.KINDS", ["unknown routes"]),
    ("path('<int:q>', views.login_required(views.detail))", ["error detail"]),
    ("path('<int:q>', lambda request: None)", ["error the lambda"]),
    ("path('<int:pk>', views.Callable())", []),
    ("path('<int:q>', views.Callable())", ["error Callable.__call__"]),
    ("path('<int:q>', views.Latest())", ["error Latest.get_object"]),
    ("path('api/', views.router.urls)", []),
  ])
  func compared(_ route: String, _ expected: [String]) async throws {
    let run = try await CheckRun("route-parameter", project("urlpatterns = [\n\(route)]", Self.views))
    #expect(run.findings == expected.map { $0.replacing(" ", with: " mysite/urls.py:4 ", maxReplacements: 1) })
  }

  @Test func partialAndDecoratorsInTheRoutes() async throws {
    let routes = """
      from functools import partial
      from django.views.decorators.cache import cache_page
      urlpatterns = [
        path('', partial(views.detail, pk=1)),
        path('<int:x>', partial(views.detail, pk=1)),
        path('<int:y>', cache_page(60)(views.detail)),
      ]
      """
    #expect(
      try await CheckRun("route-parameter", project(routes, Self.views)).findings == [
        "error mysite/urls.py:7 detail", "error mysite/urls.py:8 detail",
      ])
  }
}

extension RouteParameterTests {
  /// A function comes before the module that it lies in and that has its name.
  @Test(arguments: [
    ("from .detail import detail", "views.detail"), ("from .detail import *", "views.detail"),
    ("from mysite.views.detail import detail", "views.detail"), ("from .detail import detail", "detail"),
  ])
  func functionsCalledLikeTheirModule(_ statement: String, _ view: String) async throws {
    let files = [
      "mysite/settings.py": "ROOT_URLCONF = 'mysite.urls'\n", "mysite/views/__init__.py": "\(statement)\n",
      "mysite/views/detail.py": "def detail(request, pk): pass\n",
      "mysite/urls.py": """
      from django.urls import path
      from mysite import views
      from mysite.views import detail
      urlpatterns = [path('<int:q>', \(view))]
      """,
    ]
    #expect(try await CheckRun("route-view", files).findings == [])
    #expect(try await CheckRun("route-parameter", files).findings == ["error mysite/urls.py:4 detail"])
    let closed = files.merging(["mysite/views/detail.py": "__all__ = []\ndef detail(request, pk): pass\n"]) { $1 }
    let isModule = statement.hasSuffix("*")
    #expect(
      try await CheckRun("route-view", closed).findings
        == (isModule ? ["error mysite/urls.py:4 views.detail"] : []))
  }

  @Test(arguments: [
    ("django==1.7.11", ["error mysite/urls.py:3 detail"], [String]()),
    ("django==5.2.8", [], ["error mysite/urls.py:3 detail"]),
  ])
  func viewsGivenAsText(_ requirement: String, _ parameter: [String], _ view: [String]) async throws {
    let files = [
      "mysite/settings.py": "ROOT_URLCONF = 'mysite.urls'\n", "mysite/views.py": "def detail(request, pk): pass\n",
      "mysite/urls.py": """
      from django.conf.urls import patterns, url
      urlpatterns = patterns('mysite.views',
        url(r'^(?P<q>\\d+)/$', 'detail'))
      """,
      "requirements.txt": requirement,
    ]
    #expect(try await CheckRun("route-parameter", files).findings == parameter)
    #expect(try await CheckRun("route-view", files).findings == view)
  }
}

@Suite struct RouteViewTests {
  @Test(arguments: [
    ("views.detail", []),
    ("views.detial", ["error mysite/urls.py:4 detial"]),
    ("views.Page.as_view()", []),
    ("views.Page", ["error mysite/urls.py:4 views.Page"]),
    ("views.Page.as_view", ["error mysite/urls.py:4 views.Page"]),
    ("views", ["error mysite/urls.py:4 views"]),
    ("views.detail()", ["error mysite/urls.py:4 views.detail"]),
    ("'mysite.views.detail'", ["error mysite/urls.py:4 mysite.views.detail"]),
    ("views.made", []),
    ("include('mysite.nowhere')", ["error mysite/urls.py:4 mysite.nowhere"]),
    ("include('mysite.views')", ["error mysite/urls.py:4 mysite.views"]),
    ("include('elsewhere.urls')", []),
    ("include('mysit.urls')", ["error mysite/urls.py:4 mysit.urls"]),
    ("include('mysite/urls')", ["error mysite/urls.py:4 mysite/urls"]),
    ("include(([path('x', views.gone)], 'a'), namespace='b')", ["error mysite/urls.py:4 gone"]),
  ])
  func leads(_ view: String, _ expected: [String]) async throws {
    let views = """
      from django.views import View
      from elsewhere import make
      def detail(request): pass
      class Page(View): pass
      made = make()
      """
    let run = try await CheckRun("route-view", project("urlpatterns = [\npath('a', \(view))]", views))
    #expect(run.findings == expected)
  }

  @Test func whatCannotBeSeenIsNotMissed() async throws {
    let files = [
      "mysite/settings.py": "ROOT_URLCONF = 'mysite.urls'\n",
      "mysite/urls.py": "from django.urls import path\nfrom . import views\nurlpatterns = [path('', views.a)]\n",
      "mysite/views/a.py": "",
    ]
    #expect(try await CheckRun("route-view", files).findings == [])
    let star = project("urlpatterns = [path('', views.a)]", "from elsewhere import *\n")
    #expect(try await CheckRun("route-view", star).findings == [])
  }

  @Test func theRootItself() async throws {
    let settings = [
      "mysite/settings.py": "X = 1\nROOT_URLCONF = 'mysite.ulrs'\n", "mysite/urls.py": "urlpatterns = []\n",
    ]
    #expect(try await CheckRun("route-view", settings).findings == ["error mysite/settings.py:2 mysite.ulrs"])
  }

  @Test func modulesThatIncludeEachOther() async throws {
    let files = project(
      "urlpatterns = [path('a', include('polls.urls'))]", "",
      [
        "polls/__init__.py": "",
        "polls/urls.py": "from django.urls import include, path\nurlpatterns = [path('b', include('mysite.urls'))]\n",
      ])
    #expect(try await CheckRun("route-view", files).findings == [])
  }
}
