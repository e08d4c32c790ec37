"""The namespaces that Office understands.

The standard's, and its own extensions as published in [MS-DOCX], [MS-ODRAWXML] and [MS-OI29500]. Text in a
namespace that is not among them is not shown.
"""

from __future__ import annotations

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
VAL = f"{W}val"

_STANDARD = "http://schemas.openxmlformats.org/"
_OFFICE = "http://schemas.microsoft.com/office/"
_NAMED = {
    _STANDARD: """
        wordprocessingml/2006/main drawingml/2006/main drawingml/2006/chart drawingml/2006/chartDrawing
        drawingml/2006/compatibility drawingml/2006/diagram drawingml/2006/lockedCanvas
        drawingml/2006/picture drawingml/2006/spreadsheetDrawing drawingml/2006/wordprocessingDrawing
        officeDocument/2006/bibliography officeDocument/2006/characteristics
        officeDocument/2006/custom-properties officeDocument/2006/customXml
        officeDocument/2006/docPropsVTypes officeDocument/2006/extended-properties
        officeDocument/2006/math officeDocument/2006/relationships officeDocument/2006/sharedTypes
        package/2006/content-types package/2006/metadata/core-properties package/2006/relationships
        schemaLibrary/2006/main markup-compatibility/2006
    """,
    _OFFICE: """
        2006/activeX 2019/extlst 2006/metadata/properties
        drawing/2007/8/2/chart drawing/2008/diagram drawing/2010/main drawing/2010/chartDrawing
        drawing/2010/diagram drawing/2010/picture drawing/2010/slicer drawing/2012/chart
        drawing/2012/chartStyle drawing/2012/main drawing/2012/timeslicer drawing/2013/main/command
        drawing/2014/chart drawing/2014/chart/ac drawing/2014/chartex drawing/2014/main
        drawing/2015/06/chart drawing/2015/9/8/chartex drawing/2015/10/21/chartex
        drawing/2016/11/main drawing/2016/11/diagram drawing/2016/12/diagram drawing/2016/SVG/main
        drawing/2016/5/9/chartex drawing/2016/5/10/chartex drawing/2016/5/11/chartex
        drawing/2016/5/12/chartex drawing/2016/5/13/chartex drawing/2016/5/14/chartex
        drawing/2016/ink drawing/2017/03/chart drawing/2017/decorative drawing/2017/model3d
        drawing/2017/model3d/animation drawing/2018/animation drawing/2018/animation/model3d
        drawing/2018/hyperlinkcolor drawing/2018/sketchyshapes drawing/2020/classificationShape
        drawing/2021/scriptlink drawing/2022/imageformula
        word/2003/auxHint word/2006/wordml word/2010/wordml word/2010/wordprocessingCanvas
        word/2010/wordprocessingDrawing word/2010/wordprocessingGroup word/2010/wordprocessingInk
        word/2010/wordprocessingShape word/2012/wordml word/2012/wordprocessingDrawing
        word/2015/wordml/symex word/2016/wordml/cid word/2018/wordml word/2018/wordml/cex
        word/2020/oembed word/2020/wordml/sdtdatahash word/2023/wordml/word16du
        word/2024/wordml/sdtformatlock
    """,
    "": """
        urn:schemas-microsoft-com:vml urn:schemas-microsoft-com:office:office
        urn:schemas-microsoft-com:office:word urn:schemas-microsoft-com:office:excel
        urn:schemas-microsoft-com:office:powerpoint urn:schemas-microsoft-com:office:access
        http://schemas.microsoft.com/ink/2010/main http://www.w3.org/2003/InkML
        http://www.w3.org/1998/Math/MathML http://www.w3.org/XML/1998/namespace
        http://www.w3.org/2001/XMLSchema-instance http://www.w3.org/1999/xlink
        http://purl.org/dc/elements/1.1/ http://purl.org/dc/terms/ http://purl.org/dc/dcmitype/
    """,
}

UNDERSTOOD = frozenset(base + name for base, names in _NAMED.items() for name in names.split())
"""What Word understands."""
_SLIDES = """
    2010/main 2011/main 2012/main 2012/roamingSettings 2013/main/command 2015/main 2015/09/main
    2016/11/main 2017/10/main 2017/3/main 2018/4/main 2018/8/main 2019/9/main/command 2019/12/main
    2020/02/main 2021/06/main 2022/03/main 2022/08/main 2023/02/main
"""
_SHEETS = """
    2006/main 2009/9/main 2009/9/ac 2010/11/ac 2010/11/main 2011/1/ac 2014/revision 2014/11/main
    2015/02/main 2015/06/main 2015/revision2 2016/revision3 2016/revision5 2016/revision6 2016/revision9
    2016/revision10 2017/dynamicarray 2017/richdata 2017/richdata2 2018/calcfeatures
    2018/threadedcomments 2019/extlst 2019/namedsheetviews 2020/richdatawebimage 2020/richdata2
    2020/threadedcomments2 2020/pivotNov2020 2021/extlinks2021 2022/featurepropertybag 2023/msForms
"""
UNDERSTOOD_BY_SLIDES = UNDERSTOOD | {
    f"{_STANDARD}presentationml/2006/main",
    *(f"{_OFFICE}powerpoint/{name}" for name in _SLIDES.split()),
}
"""What PowerPoint understands ([MS-PPTX])."""
UNDERSTOOD_BY_SHEETS = UNDERSTOOD | {
    f"{_STANDARD}spreadsheetml/2006/main",
    *(f"{_OFFICE}spreadsheetml/{name}" for name in _SHEETS.split()),
    *(f"{_OFFICE}excel/2006/{name}" for name in ("main", "relationships")),
}
"""What Excel understands ([MS-XLSX])."""
