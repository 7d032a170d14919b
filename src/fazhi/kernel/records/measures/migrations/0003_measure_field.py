from django.db import migrations

import fazhi.kernel.records.measures.models


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0002_pending"),
    ]

    operations = [
        migrations.AlterField(
            model_name="reportedfigure",
            name="measure",
            field=fazhi.kernel.records.measures.models.MeasureField(verbose_name="指标"),
        ),
    ]
